/**
 * How the tests run. The tool wants a default export.
 *
 * `--mode soak` runs the full counts of `test/support/counts.ts`, and `--mode fast` leaves out what is slow.
 */

import { configDefaults, defineConfig } from "vitest/config";

/** Whatever starts processes or servers, simulations, and random histories of a whole coach or store. */
const slow = [
  "test/{e2e,delivery,simulation}/**",
  "test/adapters/{discord,slack}/!(failure|markup|render|render-fits|session-starts|spelling|state).test.ts",
  "test/adapters/{download,file-address,logs}.test.ts",
  "test/store/{migrate,outage,outbox,private,refusal,schema,sqlite}.test.ts",
  "test/store/{groups,model}.property.test.ts",
  "test/group/{platforms,mixing.property,privacy.property}.test.ts",
  "test/house.test.ts",
  "test/house/dependencies.test.ts",
  "test/{clockwork,import,link.property,png,replay}.test.ts",
];

export default defineConfig(({ mode }) => ({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: [...configDefaults.exclude, ...(mode === "fast" ? slow : [])],
    env: { SOAK: mode === "soak" ? "1" : "" },
    // Processes, not threads: tests open databases and start processes of their own.
    pool: "forks",
    maxWorkers: "100%",
    testTimeout: 30_000,
    hookTimeout: 30_000,
    allowOnly: false,
  },
}));
