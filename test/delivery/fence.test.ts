/** A process stands still until its claims have passed to another one, and then goes on: it sends nothing that it has lost. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { faultsIn } from "./check.ts";
import { type Line, linesIn } from "./mailbox.ts";
import type { Seam } from "./crash-points.ts";
import { createTemplate, createTrial, type Template, type Trial, type Variant, variants } from "./run.ts";

const folder = mkdtempSync(join(tmpdir(), "sweetspot-"));
let template: Template;
beforeAll(async () => {
  template = await createTemplate(folder, 40);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(Object.entries(variants))("where a key is %s", { timeout: 120_000 }, (name, variant) => {
  test.each<readonly [seam: Seam, passage: number]>([
    ["claimed", 1],
    ["before-sending", 1],
    ["before-sending", 12],
    ["sending", 12],
  ])("a life that stood still at %j, passage %i, sends nothing that another one has taken over", async (seam, passage) => {
    const { trial, before, after } = await stoodStill(`${name}-${seam}-${passage}`, variant, { seam, passage });
    expect(await faultsIn(trial)).toEqual([]);
    // What it had marked as on its way was on its way: the other life could not know better.
    const marked = trial.wrecks[0]?.inDoubt ?? [];
    expect(byFirst(after).filter(({ key }) => !marked.includes(key))).toEqual(byFirst(before).filter(({ key }) => !marked.includes(key)));
    expect(byFirst(before).length > 0).toBe(passage > 1);
    expect(after.some(({ life }) => life === "life 2")).toBe(true);
  });
});

test("a life that does not ask whether it still holds its claim would be found out", async () => {
  const { trial } = await stoodStill("unfenced", { ...variants.unrecognised, fault: "unfenced" }, { seam: "before-sending", passage: 1 });
  expect(await faultsIn(trial)).toContainEqual(expect.stringMatching(/came 2 times$/u));
});

function byFirst(lines: readonly Line[]): readonly Line[] {
  return lines.filter(({ life }) => life === "life 1");
}

type StoodStill = { readonly trial: Trial; readonly before: readonly Line[]; readonly after: readonly Line[] };

/** One life stops where it is, a second one comes when the leases have passed and does everything, and the first one goes on. */
async function stoodStill(name: string, variant: Variant, at: { readonly seam: Seam; readonly passage: number }): Promise<StoodStill> {
  const trial = createTrial(template, name, variant);
  const first = trial.next({ ...at, signal: "SIGSTOP" });
  expect(await first.atSeam).toBe(`at ${at.seam} ${at.passage}`);
  trial.bury();
  const before = linesIn(trial.mailbox);
  expect(await trial.finish()).toEqual([]);
  first.signal("SIGCONT");
  expect(await first.ended).toMatchObject({ code: 0, stderr: "" });
  return { trial, before, after: linesIn(trial.mailbox) };
}
