/** A process stands still until its claims have passed to another one, and then goes on: it sends nothing that it has lost. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { faultsIn } from "./check.ts";
import { type Line, linesIn } from "./mailbox.ts";
import type { CrashPoint } from "./crash-points.ts";
import { createTemplate, createRun, type Template, type Run, type Variant, variants } from "./run.ts";

const folder = mkdtempSync(join(tmpdir(), "sweetspot-"));
let template: Template;
beforeAll(async () => {
  template = await createTemplate(folder, 40);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(Object.entries(variants))("where a key is %s", { timeout: 120_000 }, (name, variant) => {
  test.each<readonly [crashPoint: CrashPoint, passage: number]>([
    ["claimed", 1],
    ["before-sending", 1],
    ["before-sending", 12],
    ["sending", 12],
  ])("a process that stood still at %j, passage %i, sends nothing that another one has taken over", async (crashPoint, passage) => {
    const { run, before, after } = await stoodStill(`${name}-${crashPoint}-${passage}`, variant, { crashPoint, passage });
    expect(await faultsIn(run)).toEqual([]);
    // What it had marked as on its way was on its way: the other process could not know better.
    const marked = run.crashes[0]?.inDoubt ?? [];
    expect(byFirst(after).filter(({ key }) => !marked.includes(key))).toEqual(byFirst(before).filter(({ key }) => !marked.includes(key)));
    expect(byFirst(before).length > 0).toBe(passage > 1);
    expect(after.some(({ child }) => child === "process 2")).toBe(true);
  });
});

test("a process that does not ask whether it still holds its claim would be found out", async () => {
  const { run } = await stoodStill(
    "unfenced",
    { ...variants.unrecognised, fault: "unfenced" },
    { crashPoint: "before-sending", passage: 1 },
  );
  expect(await faultsIn(run)).toContainEqual(expect.stringMatching(/came 2 times$/u));
});

function byFirst(lines: readonly Line[]): readonly Line[] {
  return lines.filter(({ child }) => child === "process 1");
}

type StoodStill = { readonly run: Run; readonly before: readonly Line[]; readonly after: readonly Line[] };

/** One process stops where it is, a second one comes when the leases have passed and does everything, and the first one goes on. */
async function stoodStill(
  name: string,
  variant: Variant,
  at: { readonly crashPoint: CrashPoint; readonly passage: number },
): Promise<StoodStill> {
  const run = createRun(template, name, variant);
  const first = run.next({ ...at, signal: "SIGSTOP" });
  expect(await first.atCrashPoint).toBe(`at ${at.crashPoint} ${at.passage}`);
  run.bury();
  const before = linesIn(run.mailbox);
  expect(await run.finish()).toEqual([]);
  first.signal("SIGCONT");
  expect(await first.ended).toMatchObject({ code: 0, stderr: "" });
  return { run, before, after: linesIn(run.mailbox) };
}
