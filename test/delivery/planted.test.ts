/** The test of the tests: with a fault planted in the store, what is checked after a kill does not hold. */

import { expect, test } from "vitest";
import { temporaryFolder } from "../support/program.ts";
import { faultsIn } from "./check.ts";
import type { Fault } from "./faults.ts";
import type { CrashPoint } from "./crash-points.ts";
import { createTemplate, createRun, killAt, variants } from "./run.ts";

test.each<readonly [fault: Fault, crashPoint: CrashPoint, variant: keyof typeof variants, found: RegExp]>([
  ["unmarked", "sent", "unrecognised", /came 2 times$/u],
  ["unsettled", "sent", "unrecognised", /has not ended$/u],
  ["unsettled", "sent", "recognised", /has not ended$/u],
  ["forgetful", "sent", "unrecognised", /came 2 times$/u],
  ["hasty", "sending", "recognised", /was lost$/u],
  ["hasty", "sending", "unrecognised", /was lost$/u],
])("a store that is %s, killed at %j where a key is %s, is found out", async (fault, crashPoint, variant, found) => {
  const template = await createTemplate(temporaryFolder(), 20);
  const run = createRun(template, fault, { ...variants[variant], fault });
  await killAt(run, { crashPoint, passage: 10, signal: "SIGKILL" });
  await run.finish();
  expect(await faultsIn(run)).toContainEqual(expect.stringMatching(found));
});
