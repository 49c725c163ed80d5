/** What drizzle-kit reads to write the migrations of PostgreSQL. The tool wants a default export. */

export default { dialect: "postgresql", schema: "./drizzle/postgres.ts", out: "./drizzle/migrations/postgres" };
