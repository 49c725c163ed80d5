/** What drizzle-kit reads to write the migrations of SQLite. The tool wants a default export. */

export default { dialect: "sqlite", schema: "./drizzle/sqlite.ts", out: "./drizzle/migrations/sqlite" };
