/**
 * How the tests run. The tool wants a default export.
 *
 * `--mode soak` runs the full counts of `test/support/counts.ts`, and `--mode fast` leaves out what is slow.
 */

import { configDefaults, defineConfig } from "vitest/config";

/** Whatever starts processes or servers, simulations, and random histories of a whole coach or store. */
const slow = [
  "test/{e2e,delivery,simulation}/**",
  "test/adapters/{discord,slack}/!(errors|escape|render|render-fits|session-starts|command-names|oauth-state).test.ts",
  "test/adapters/shared/{download,file-address,logs}.test.ts",
  "test/store/{migrate,outage,outbox,private-files,refusal,schema,sqlite}.test.ts",
  "test/store/{groups,model}.property.test.ts",
  "test/scenarios/{group-platforms,group-mixing.property,group-privacy.property}.test.ts",
  "test/architecture.test.ts",
  "test/runtime/{scheduler,png}.test.ts",
  "test/app/{import,link.property}.test.ts",
  "test/tools/replay.test.ts",
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
