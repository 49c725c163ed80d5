import { execFile } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";
import type { Worker } from "node:worker_threads";
import type { Minutes } from "#core/lib/ids.ts";
import { drawWeek } from "#core/pictures/draw.ts";
import { palette } from "#core/pictures/palette.ts";
import { xOf, curvePointOf } from "#core/pictures/science.ts";
import { weekOf } from "#core/lib/time.ts";
import { summarize } from "#core/training/week-summary.ts";
import { createPngRenderer, type PngRenderer, type PngRendererOptions } from "#src/runtime/png.ts";
import { Resvg } from "@resvg/resvg-js";
import { describe, expect, onTestFinished, test } from "vitest";
import { aSession, aUser } from "../support/builders.ts";
import { root } from "../support/project.ts";

const day = Temporal.PlainDate.from("2026-11-23");

/** The picture of a week with one session of so many minutes. */
function aPicture(minutes: number): string {
  const summary = summarize([aSession({ minutes: minutes as Minutes })], weekOf(day, 1));
  const weeks = [40, 55, 60, 45, 62, 48, 50, 56];
  return drawWeek({ user: aUser(), today: day, summary, trend: { weeks, average: 52, direction: "level" } });
}

/** A plain square. */
const square = (size: number, fill = "#123456"): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}"><rect width="${size}" height="${size}" fill="${fill}"/></svg>`;

/** A renderer, the threads that it started, and the end of each. */
type Watched = { readonly renderer: PngRenderer; readonly threads: readonly Worker[]; readonly ended: readonly Promise<unknown>[] };

/** A renderer that is closed after the test. */
function aRenderer(options?: PngRendererOptions): Watched {
  const threads: Worker[] = [];
  const ended: Promise<unknown>[] = [];
  const keep = (thread: Worker): void => {
    threads.push(thread);
    const { promise, resolve } = Promise.withResolvers();
    thread.once("exit", resolve);
    ended.push(promise);
  };
  process.on("worker", keep);
  const renderer = createPngRenderer(options);
  onTestFinished(async () => {
    process.off("worker", keep);
    await renderer.close();
  });
  return { renderer, threads, ended };
}

/** Why a picture was not painted. */
async function causeOf(painted: Promise<Uint8Array>): Promise<string> {
  try {
    return `painted ${(await painted).length} bytes`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Width and height, as the head of a PNG gives them. */
function sizeOf(png: Uint8Array): readonly [number, number] {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  return [view.getUint32(16), view.getUint32(20)];
}

/** A PNG's pixels as they were decoded: gives the colour at a place, "#rrggbbaa". */
function pixelsOf(png: Uint8Array): (x: number, y: number) => string {
  const [width, height] = sizeOf(png);
  const href = `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="${href}"/></svg>`;
  const { pixels } = new Resvg(svg).render();
  return (x, y) =>
    `#${pixels.subarray((Math.round(y) * width + Math.round(x)) * 4, (Math.round(y) * width + Math.round(x)) * 4 + 4).toString("hex")}`;
}

describe("paint", () => {
  test("gives a PNG of twice the drawing's size that is no burden for a phone", async () => {
    const { renderer } = aRenderer();
    const svg = aPicture(48);
    const png = await renderer.render(svg);
    const height = Number(/height="([\d.]+)"/u.exec(svg)?.[1]);
    expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    expect(sizeOf(png)).toEqual([720, height * 2]);
    expect(png.length).toBeLessThan(120_000);
    expect(png.byteLength).toBe(png.buffer.byteLength);
  });

  test("puts the dot where the week stands, on a card of its own with open corners", async () => {
    const { renderer } = aRenderer();
    for (const [minutes, other] of [
      [20, 100],
      [100, 20],
    ] as const) {
      const at = pixelsOf(await renderer.render(aPicture(minutes)));
      const [here, there] = [curvePointOf(minutes), curvePointOf(other)];
      expect(at(here.x * 2, here.y * 2)).toBe(`${palette.week}ff`);
      expect(at(there.x * 2, there.y * 2)).not.toBe(`${palette.week}ff`);
      expect([at(0, 0), at(719, 0)].map((colour) => colour.slice(-2))).toEqual(["00", "00"]);
      expect(at(20, 20)).toBe(`${palette.card}ff`);
      // Where few people were studied the band has nearly faded into the card, and the sweet spot is marked.
      expect(at(xOf(239) * 2, here.y * 2 + 30)).not.toBe(at(xOf(125) * 2, here.y * 2 - 4));
    }
  });

  test("writes with the fonts that come with the program, in both weights", async () => {
    const { renderer } = aRenderer();
    const text = (weight: number): string =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><text y="18" font-family="Inter" font-weight="${weight}" font-size="20">HHHH</text></svg>`;
    const inked = async (weight: number): Promise<number> => {
      const at = pixelsOf(await renderer.render(text(weight)));
      const places = Array.from({ length: 120 * 40 }, (_, index) => [index % 120, Math.floor(index / 120)] as const);
      return places.filter(([x, y]) => at(x, y) === "#000000ff").length;
    };
    const [medium, bold] = [await inked(500), await inked(700)];
    expect(medium).toBeGreaterThan(200);
    expect(bold).toBeGreaterThan(medium);
  });

  test.each([
    ["", "SVG"],
    ["no picture", "SVG"],
    ["<svg", "SVG"],
    ["<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><g></svg>", "expected 'g' tag"],
    ["<svg xmlns='http://www.w3.org/2000/svg' width='0' height='9'/>", "invalid size"],
  ])("rejects %j and says why, and goes on with the same thread", async (svg, cause) => {
    const { renderer, threads } = aRenderer();
    const [failed, painted] = await Promise.all([causeOf(renderer.render(svg)), renderer.render(square(5))]);
    expect(failed).toMatch(new RegExp(`^Paint a picture: .*${cause}`, "u"));
    expect(sizeOf(painted)).toEqual([10, 10]);
    expect(threads).toHaveLength(1);
  });
});

describe("the threads", () => {
  test("are started when a picture first needs them, and one does for many", async () => {
    const { renderer, threads } = aRenderer();
    expect(threads).toHaveLength(0);
    const sizes = await Promise.all([3, 4, 5, 6].map(async (size) => sizeOf(await renderer.render(square(size)))));
    expect(sizes).toEqual([3, 4, 5, 6].map((size) => [2 * size, 2 * size]));
    expect(threads).toHaveLength(1);
  });

  test("are as many as are allowed, and each gives its own picture", async () => {
    const { renderer, threads } = aRenderer({ threads: 2 });
    const colours = ["#ff0000", "#00ff00", "#0000ff", "#ffff00"];
    const painted = await Promise.all(colours.map(async (colour) => pixelsOf(await renderer.render(square(4, colour)))(4, 4)));
    expect(painted).toEqual(colours.map((colour) => `${colour}ff`));
    expect(threads).toHaveLength(2);
  });

  test("that die fail their own picture only, and are replaced", async () => {
    const { renderer, threads } = aRenderer();
    const started = once(process, "worker");
    const jobs = Promise.all([causeOf(renderer.render(aPicture(48))), renderer.render(square(6))]);
    await started;
    await threads[0]?.terminate();
    const [failed, painted] = await jobs;
    expect(failed).toMatch(/^Paint a picture: the thread ended with code/u);
    expect(sizeOf(painted)).toEqual([12, 12]);
    expect(threads).toHaveLength(2);
  });

  test("that die at rest fail nothing", async () => {
    const { renderer, threads } = aRenderer();
    await renderer.render(square(3));
    await threads[0]?.terminate();
    expect(sizeOf(await renderer.render(square(4)))).toEqual([8, 8]);
    expect(threads).toHaveLength(2);
  });

  test("that have rested for a while are ended, and the next picture starts another", async () => {
    const { renderer, threads, ended } = aRenderer({ idleTimeout: 1 });
    await renderer.render(square(3));
    await Promise.all(ended);
    expect(sizeOf(await renderer.render(square(4)))).toEqual([8, 8]);
    expect(threads).toHaveLength(2);
  });

  test("that take too long are given up and replaced", async () => {
    const { renderer, threads, ended } = aRenderer({ timeout: 1 });
    const causes = await Promise.all([renderer.render(aPicture(20)), renderer.render(aPicture(30))].map(causeOf));
    expect(causes).toEqual(Array(2).fill("Paint a picture: it took longer than 1 ms"));
    expect(threads).toHaveLength(2);
    await Promise.all(ended);
  });
});

describe("close", () => {
  test("ends the threads, rejects what is not done, and lets nothing more in", async () => {
    const { renderer, threads } = aRenderer();
    await renderer.render(square(3));
    const causes = Promise.all([renderer.render(aPicture(48)), renderer.render(square(4))].map(causeOf));
    await renderer.close();
    expect(await causes).toEqual(Array(2).fill("Paint a picture: the renderer was closed"));
    expect(threads.map(({ threadId }) => threadId)).toEqual([-1]);
    await expect(renderer.render(square(5))).rejects.toThrow("Paint a picture: the renderer is closed");
    await renderer.close();
    expect(threads).toHaveLength(1);
  });

  test("has nothing to do where nothing was painted", async () => {
    const { renderer, threads } = aRenderer();
    await renderer.close();
    expect(threads).toHaveLength(0);
  });
});

describe("a process", () => {
  test("waits for its pictures, and ends by itself while the renderer is open", async () => {
    const script = `import { createPngRenderer } from "#src/runtime/png.ts";
      const renderer = createPngRenderer();
      for (const svg of ${JSON.stringify([square(7), square(8)])}) console.log((await renderer.render(svg)).length > 0);`;
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script], {
      cwd: root,
      timeout: 20_000,
    });
    expect([stdout, stderr]).toEqual(["true\ntrue\n", ""]);
  });
});
