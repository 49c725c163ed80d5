import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import type { Address, DeliveryKey, PlatformName } from "#core/brand.ts";
import { bold, buttons, type Reply, text } from "#core/reply.ts";
import type { TimeZone } from "#core/time.ts";
import type { Adapter, Handle, Inbound } from "#src/ports.ts";
import { createConsole } from "../../../adapters/console/index.ts";
import { temporaryFolder } from "../../support/program.ts";

type Shape = { readonly isTTY: boolean; readonly columns?: number; readonly hasColour?: boolean };

/** A console with a stand-in for the coach, which keeps what it heard and says it back. */
type Stage = {
  readonly adapter: Adapter;
  readonly heard: readonly Inbound[];
  type(words: string): void;
  endInput(): void;
  /** All that was shown, once `words` were. */
  shows(words: string): Promise<string>;
};

const field = { label: "As it was", value: "20 strength" };
const echo: Handle = async ({ text: said }) =>
  said === "again"
    ? undefined
    : {
        blocks: [
          text(bold("You said"), ` ${said}.`),
          buttons({ label: "Correct", says: "/correct 7", field }, { label: "Week", says: "/week" }),
        ],
      };

type Drawing = { readonly paint: (svg: string) => Promise<Uint8Array>; readonly pictures: string };

const noPictures: Drawing = { paint: () => Promise.reject(new Error("Nothing is painted here")), pictures: "nowhere" };
const still = {
  clock: { now: () => Temporal.Instant.from("2026-11-25T11:00:00Z") },
  passTo: async () => false,
  timeZone: "UTC" as TimeZone,
};

async function raise({ isTTY, columns, hasColour = false }: Shape, handle: Handle = echo, drawing = noPictures): Promise<Stage> {
  const input = Object.assign(new PassThrough(), { isTTY });
  const output = Object.assign(new PassThrough(), { isTTY, ...(columns === undefined ? {} : { columns }) });
  const heard: Inbound[] = [];
  let shown = "";
  output.setEncoding("utf8").on("data", (words: string) => (shown += words));
  let now = Temporal.Instant.from("2026-11-25T11:00:00Z");
  const passTo = async (instant: Temporal.Instant): Promise<boolean> => {
    now = instant;
    return true;
  };
  const timeZone = "Europe/Berlin" as TimeZone;
  const adapter = createConsole({ input, output, hasColour, clock: { now: () => now }, passTo, timeZone, ...drawing });
  await adapter.start(async (inbound) => {
    heard.push(inbound);
    return await handle(inbound);
  });
  const shows = async (words: string): Promise<string> =>
    await new Promise((resolve) => {
      const look = (): void => {
        if (!stripVTControlCharacters(shown).includes(words)) return;
        output.off("data", look);
        resolve(shown);
      };
      output.on("data", look);
      look();
    });
  return { adapter, heard, type: (words) => void input.write(words), endInput: () => void input.end(), shows };
}

const pipe: Shape = { isTTY: false };
const terminal: Shape = { isTTY: true, columns: 80 };

describe("the console on a pipe", () => {
  test("shows no welcome and no prompt, and ends with its input", async () => {
    const { adapter, type, endInput, shows } = await raise(pipe);
    type("20 strength\n");
    endInput();
    await adapter.ended;
    expect(await shows("")).toBe("You said 20 strength.\n[1] Correct…  [2] Week\n\n");
  });

  test("says who spoke, where, and never twice the same source", async () => {
    const { adapter, heard, type, endInput } = await raise(pipe);
    type("one\n/as Ann\ntwo\n/in crew\nthree\n/dm\n2\nfour\n");
    endInput();
    await adapter.ended;
    expect(heard.map((inbound) => [inbound.text, inbound.account.id, inbound.account.name, inbound.surface.reach])).toEqual([
      ["one", "me", "me", "direct"],
      ["two", "ann", "Ann", "direct"],
      ["three", "ann", "Ann", "shared"],
      ["2", "ann", "Ann", "direct"],
      ["four", "ann", "Ann", "direct"],
    ]);
    expect(new Set(heard.map(({ source }) => source)).size).toBe(heard.length);
    expect(new Set(heard.map(({ surface }) => surface.address)).size).toBe(3);
  });

  test("presses by number, and puts what is typed next behind a choice that wants words", async () => {
    const { adapter, heard, type, endInput } = await raise(pipe);
    type("one\n2\n1\n25 strength\n");
    endInput();
    await adapter.ended;
    expect(heard.map((inbound) => inbound.text)).toEqual(["one", "/week", "/correct 7 25 strength"]);
  });

  test("answers nothing to what was answered before", async () => {
    const { adapter, type, endInput, shows } = await raise(pipe);
    type("again\n");
    endInput();
    await adapter.ended;
    expect((await shows("")).trim()).toBe("");
  });

  test("answers one line after the other", async () => {
    let atWork = 0;
    const { adapter, type, endInput, shows } = await raise(pipe, async (inbound) => {
      atWork += 1;
      await setImmediate();
      atWork -= 1;
      return { blocks: [text(`${inbound.text} ${atWork}`)] };
    });
    type("a\nb\nc\n");
    endInput();
    await adapter.ended;
    expect(await shows("")).toBe("a 0\n\nb 0\n\nc 0\n\n");
  });
});

describe("stop", () => {
  test("lets the answer under way finish, and takes in nothing more", async () => {
    const { promise, resolve } = Promise.withResolvers<Reply>();
    const { adapter, heard, type, shows } = await raise(pipe, async ({ text: said }) =>
      said === "one" ? await promise : echo({} as Inbound),
    );
    type("one\ntwo\nthree\n");
    await expect.poll(() => heard.length).toBe(1);
    const stopped = adapter.stop();
    resolve({ blocks: [text("finished")] });
    await stopped;
    await adapter.ended;
    expect(await shows("")).toContain("finished");
    expect(heard.map((inbound) => inbound.text)).toEqual(["one"]);
  });

  test("may be said twice, and before the start", async () => {
    const { adapter } = await raise(pipe);
    await Promise.all([adapter.stop(), adapter.stop()]);
    await adapter.ended;
    const unstarted = createConsole({ input: new PassThrough(), output: new PassThrough(), hasColour: false, ...still, ...noPictures });
    await expect(unstarted.stop()).resolves.toBeUndefined();
  });
});

describe("what is said unasked", () => {
  const surface = { platform: "console" as PlatformName, address: "me" as Address, reach: "direct" } as const;
  const nudge: Reply = { blocks: [text(bold("Rest day.")), buttons({ label: "Thanks", says: "/thanks" })] };
  const key = "rest me 2026-11-26" as DeliveryKey;

  test("is printed with whom it is for and when, and its numbers can be pressed", async () => {
    const { adapter, heard, type, shows } = await raise(pipe);
    expect(await adapter.send(surface, nudge, key)).toEqual({ kind: "sent" });
    expect(await shows("[1] Thanks\n\n")).toContain("To me, Wednesday 2026-11-25 12:00 in Europe/Berlin:\nRest day.");
    type("1\n");
    await shows("You said /thanks");
    expect(heard.map((inbound) => inbound.text)).toEqual(["/thanks"]);
    await adapter.stop();
  });
  test("for somebody else leaves the numbers of the last answer alone", async () => {
    const { adapter, heard, type, shows } = await raise(pipe);
    type("one\n");
    await shows("You said one");
    await adapter.send({ ...surface, address: "ann" as Address }, nudge, key);
    expect(await shows("Thanks")).toContain("To ann,");
    type("2\n");
    await shows("You said /week");
    expect(heard.at(-1)?.text).toBe("/week");
    await adapter.stop();
  });
  test("comes above the line that is being typed, which stays", async () => {
    const { adapter, heard, type, shows } = await raise(terminal);
    await shows("me> ");
    type("20 str");
    await shows("20 str");
    await adapter.send(surface, nudge, key);
    expect(stripVTControlCharacters(await shows("Thanks"))).toContain("To me,");
    type("ength\r");
    await shows("You said 20 strength");
    expect(heard.at(-1)?.text).toBe("20 strength");
    await adapter.stop();
  });
  test("waits where nobody reads any more", async () => {
    const { adapter } = await raise(pipe);
    await adapter.stop();
    const gone = createConsole({ input: new PassThrough(), output: new PassThrough().end(), hasColour: false, ...still, ...noPictures });
    expect(await gone.send(surface, nudge, key)).toEqual({ kind: "later" });
  });
});

describe("a picture", () => {
  const drawn: Reply = { blocks: [text("Words."), { kind: "picture", name: "week-2026-11-23", svg: "<svg/>" }] };
  test("is put beside the database under the name of who it is for, and its path is printed", async () => {
    const folder = temporaryFolder();
    const painted: string[] = [];
    const paint = async (svg: string): Promise<Uint8Array> => {
      painted.push(svg);
      return new Uint8Array([1, 2]);
    };
    const { adapter, type, shows } = await raise(pipe, async () => drawn, { paint, pictures: join(folder, "coach") });
    type("/as ../Ann O'Neil\n/week\n");
    const path = join(folder, "coach-___ann_o_neil-week-2026-11-23.png");
    await shows(`Words.\n  Picture: ${path}`);
    expect([painted, [...readFileSync(path)]]).toEqual([["<svg/>"], [1, 2]]);
    await adapter.stop();
  });
  test("that cannot be drawn is left out, and the words stay", async () => {
    const { adapter, type, shows } = await raise(pipe, async () => drawn);
    type("/week\n");
    expect(await shows("Words.\n\n")).not.toContain("Picture");
    await adapter.stop();
  });
});

describe("the console on a terminal", () => {
  test("welcomes, and prompts with who speaks and where", async () => {
    const { adapter, type, shows } = await raise(terminal);
    expect(await shows("me> ")).toMatch(/\/help.*\/quit/u);
    type("/as ann\r");
    await shows("ann> ");
    type("/in crew\r");
    await shows("ann in crew> ");
    type("/quit\r");
    await adapter.ended;
  });

  test("lets a choice that wants words be edited from what it was", async () => {
    const { adapter, heard, type, shows } = await raise(terminal);
    type("one\r");
    await shows("[1] Correct…");
    type("1\r");
    await shows("anew> 20 strength");
    type(", 30 walk\r");
    await shows("You said /correct 7 20 strength, 30 walk");
    expect(heard.at(-1)?.text).toBe("/correct 7 20 strength, 30 walk");
    await adapter.stop();
  });

  test.each(["\u0003", "\u0004"])("ends on the key %j", async (key) => {
    const { adapter, type, shows } = await raise(terminal);
    await shows("me> ");
    type(key);
    await expect(adapter.ended).resolves.toBeUndefined();
  });

  const long = Array.from({ length: 40 }, () => "word").join(" ");

  test.each([
    [40, 40],
    [80, 80],
    [300, 100],
    [0, 80],
    [undefined, 80],
  ])("of %s columns breaks lines before %i", async (columns, width) => {
    const handle: Handle = async () => ({ blocks: [text(long)] });
    const { adapter, type, shows } = await raise({ isTTY: true, ...(columns === undefined ? {} : { columns }) }, handle);
    type("/week\r");
    const lines = stripVTControlCharacters(await shows("word\n\n"))
      .split("\n")
      .filter((line) => line.startsWith("word"));
    const longest = Math.max(...lines.map((line) => line.length));
    expect(longest).toBeLessThanOrEqual(width);
    expect(longest).toBeGreaterThan(width - " word".length);
    await adapter.stop();
  });

  test("uses colour where it may, and else none", async () => {
    const plain = await raise(terminal);
    plain.type("one\r");
    expect(await plain.shows("Week\n")).not.toContain("\u001B[1m");
    await plain.adapter.stop();
    const bright = await raise({ ...terminal, hasColour: true });
    bright.type("one\r");
    expect(await bright.shows("Week\n")).toContain("\u001B[1mYou said");
    await bright.adapter.stop();
  });
});
