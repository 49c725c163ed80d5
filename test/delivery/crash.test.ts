/** The process is killed at every named point of a delivery: nothing is lost, nothing comes twice, and what is in doubt is said to be. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { faultsIn } from "./check.ts";
import { linesIn } from "./mailbox.ts";
import { type CrashPoint, crashPoints } from "./crash-points.ts";
import { createTemplate, createRun, killAt, type Template, type Run, type Variant, variants } from "./run.ts";

const folder = mkdtempSync(join(tmpdir(), "sweetspot-"));
let template: Template;
beforeAll(async () => {
  template = await createTemplate(folder, 50);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(Object.entries(variants))("on a platform where a key is %s", { timeout: 120_000 }, (name, variant) => {
  const passages = new Map<CrashPoint, number>();
  beforeAll(async () => {
    await createRun(template, `counted-${name}`, variant).finish(
      (crashPoint) => void passages.set(crashPoint, (passages.get(crashPoint) ?? 0) + 1),
    );
  });

  test("a process that nobody disturbs leaves nothing behind", async () => {
    const run = createRun(template, `undisturbed-${name}`, variant);
    expect(await run.next().ended).toMatchObject({ code: 0, stderr: "" });
    expect(await faultsIn(run)).toEqual([]);
  });

  test.each(crashPoints)("kill -9 at %j, at its first, middle and last passage", async (crashPoint) => {
    const count = passages.get(crashPoint) ?? 0;
    const chosen = new Set([1, Math.ceil(count / 2), count]);
    expect(chosen.size, `${crashPoint} is passed ${count} times`).toBe(3);
    const runs = await Promise.all(
      Array.from(chosen, (passage) => killedOnce(`${name}-${crashPoint}-${passage}`, variant, { crashPoint, passage })),
    );
    for (const run of runs) {
      expect(await run.finish()).toEqual([]);
      expect(await faultsIn(run)).toEqual([]);
      const lost = template.people.flatMap(({ ends }) => ends.filter(({ end }) => end === "sent")).length - linesIn(run.mailbox).length;
      // What was marked and not handed over is the price where the platform cannot tell, and nothing else is ever lost.
      expect(lost).toBe(name === "unrecognised" && crashPoint === "sending" ? run.crashes[0]?.inDoubt.length : 0);
    }
  });
});

async function killedOnce(name: string, variant: Variant, at: { readonly crashPoint: CrashPoint; readonly passage: number }): Promise<Run> {
  const run = createRun(template, name, variant);
  await killAt(run, { ...at, signal: "SIGKILL" });
  return run;
}
