/** The process is killed at every named point of a delivery: nothing is lost, nothing comes twice, and what is in doubt is said to be. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { faultsIn } from "./check.ts";
import { linesIn } from "./mailbox.ts";
import { type Seam, seams } from "./crash-points.ts";
import { createTemplate, createTrial, killAt, type Template, type Trial, type Variant, variants } from "./run.ts";

const folder = mkdtempSync(join(tmpdir(), "sweetspot-"));
let template: Template;
beforeAll(async () => {
  template = await createTemplate(folder, 50);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(Object.entries(variants))("on a platform where a key is %s", { timeout: 120_000 }, (name, variant) => {
  const passages = new Map<Seam, number>();
  beforeAll(async () => {
    await createTrial(template, `counted-${name}`, variant).finish((seam) => void passages.set(seam, (passages.get(seam) ?? 0) + 1));
  });

  test("a life that nobody disturbs leaves nothing behind", async () => {
    const trial = createTrial(template, `undisturbed-${name}`, variant);
    expect(await trial.next().ended).toMatchObject({ code: 0, stderr: "" });
    expect(await faultsIn(trial)).toEqual([]);
  });

  test.each(seams)("kill -9 at %j, at its first, middle and last passage", async (seam) => {
    const count = passages.get(seam) ?? 0;
    const chosen = new Set([1, Math.ceil(count / 2), count]);
    expect(chosen.size, `${seam} is passed ${count} times`).toBe(3);
    const trials = await Promise.all(Array.from(chosen, (passage) => killedOnce(`${name}-${seam}-${passage}`, variant, { seam, passage })));
    for (const trial of trials) {
      expect(await trial.finish()).toEqual([]);
      expect(await faultsIn(trial)).toEqual([]);
      const lost = template.people.flatMap(({ ends }) => ends.filter(({ end }) => end === "sent")).length - linesIn(trial.mailbox).length;
      // What was marked and not handed over is the price where the platform cannot tell, and nothing else is ever lost.
      expect(lost).toBe(name === "unrecognised" && seam === "sending" ? trial.wrecks[0]?.inDoubt.length : 0);
    }
  });
});

async function killedOnce(name: string, variant: Variant, at: { readonly seam: Seam; readonly passage: number }): Promise<Trial> {
  const trial = createTrial(template, name, variant);
  await killAt(trial, { ...at, signal: "SIGKILL" });
  return trial;
}
