/** The test of the tests: with a fault planted in the store, what is checked after a kill does not hold. */

import { expect, test } from "vitest";
import { temporaryFolder } from "../support/program.ts";
import { faultsIn } from "./check.ts";
import type { Fault } from "./faults.ts";
import type { Seam } from "./crash-points.ts";
import { createTemplate, createTrial, killAt, variants } from "./run.ts";

test.each<readonly [fault: Fault, seam: Seam, variant: keyof typeof variants, found: RegExp]>([
  ["unmarked", "sent", "unrecognised", /came 2 times$/u],
  ["unsettled", "sent", "unrecognised", /has not ended$/u],
  ["unsettled", "sent", "recognised", /has not ended$/u],
  ["forgetful", "sent", "unrecognised", /came 2 times$/u],
  ["hasty", "sending", "recognised", /was lost$/u],
  ["hasty", "sending", "unrecognised", /was lost$/u],
])("a store that is %s, killed at %j where a key is %s, is found out", async (fault, seam, variant, found) => {
  const template = await createTemplate(temporaryFolder(), 20);
  const trial = createTrial(template, fault, { ...variants[variant], fault });
  await killAt(trial, { seam, passage: 10, signal: "SIGKILL" });
  await trial.finish();
  expect(await faultsIn(trial)).toContainEqual(expect.stringMatching(found));
});
