/** drizzle-kit's configuration for the SQLite migrations. The tool requires a default export. */

export default { dialect: "sqlite", schema: "./drizzle/sqlite.ts", out: "./drizzle/migrations/sqlite" };
