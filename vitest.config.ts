/**
 * How the tests run. The tool wants a default export.
 *
 * `--mode soak` runs the full counts of `test/support/counts.ts`.
 */

import { defineConfig } from "vitest/config";

export default defineConfig(({ mode }) => ({
  test: {
    include: ["test/**/*.test.ts"],
    env: { SOAK: mode === "soak" ? "1" : "" },
    // Processes, not threads: tests open databases and start processes of their own.
    pool: "forks",
    maxWorkers: "100%",
    testTimeout: 30_000,
    hookTimeout: 30_000,
    allowOnly: false,
  },
}));
