import { PassThrough } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { type Reply, text } from "#core/model/reply.ts";
import type { HandleMessage, Inbound } from "#src/ports/adapter.ts";
import { createConsole } from "../../../adapters/console/index.ts";
import { echo, noPictures, pipe, startConsole, still, terminal } from "../../support/program-stage.ts";

describe("the console on a pipe", () => {
  test("shows no welcome and no prompt, and ends with its input", async () => {
    const { adapter, type, endInput, shows } = await startConsole(pipe);
    type("20 strength\n");
    endInput();
    await adapter.ended;
    expect(await shows("")).toBe("You said 20 strength.\n[1] Correct…  [2] Week\n\n");
  });

  test("says who spoke, where, and never twice the same source", async () => {
    const { adapter, heard, type, endInput } = await startConsole(pipe);
    type("one\n/as Ann\ntwo\n/in crew\nthree\n/dm\n2\nfour\n");
    endInput();
    await adapter.ended;
    expect(heard.map((inbound) => [inbound.text, inbound.account.id, inbound.account.name, inbound.surface?.reach])).toEqual([
      ["one", "me", "me", "direct"],
      ["two", "ann", "Ann", "direct"],
      ["three", "ann", "Ann", "shared"],
      ["2", "ann", "Ann", "direct"],
      ["four", "ann", "Ann", "direct"],
    ]);
    expect(new Set(heard.map(({ source }) => source)).size).toBe(heard.length);
    expect(new Set(heard.map(({ surface }) => surface?.address)).size).toBe(3);
  });

  test("presses by number, and puts what is typed next behind a choice that wants words", async () => {
    const { adapter, heard, type, endInput } = await startConsole(pipe);
    type("one\n2\n1\n25 strength\n");
    endInput();
    await adapter.ended;
    expect(heard.map((inbound) => inbound.text)).toEqual(["one", "/week", "/correct 7 25 strength"]);
  });

  test("answers nothing to what was answered before", async () => {
    const { adapter, type, endInput, shows } = await startConsole(pipe);
    type("again\n");
    endInput();
    await adapter.ended;
    expect((await shows("")).trim()).toBe("");
  });

  test("answers one line after the other", async () => {
    let atWork = 0;
    const { adapter, type, endInput, shows } = await startConsole(pipe, async (inbound) => {
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
    const { adapter, heard, type, shows } = await startConsole(pipe, async ({ text: said }) =>
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
    const { adapter } = await startConsole(pipe);
    await Promise.all([adapter.stop(), adapter.stop()]);
    await adapter.ended;
    const unstarted = createConsole({ input: new PassThrough(), output: new PassThrough(), hasColour: false, ...still, ...noPictures });
    await expect(unstarted.stop()).resolves.toBeUndefined();
  });
});

describe("the console on a terminal", () => {
  test("welcomes, and prompts with who speaks and where", async () => {
    const { adapter, type, shows } = await startConsole(terminal);
    expect(await shows("me> ")).toMatch(/\/help.*\/quit/u);
    type("/as ann\r");
    await shows("ann> ");
    type("/in crew\r");
    await shows("ann in crew> ");
    type("/quit\r");
    await adapter.ended;
  });

  test("lets a choice that wants words be edited from what it was", async () => {
    const { adapter, heard, type, shows } = await startConsole(terminal);
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
    const { adapter, type, shows } = await startConsole(terminal);
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
    const handle: HandleMessage = async () => ({ blocks: [text(long)] });
    const { adapter, type, shows } = await startConsole({ isTTY: true, ...(columns === undefined ? {} : { columns }) }, handle);
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
    const plain = await startConsole(terminal);
    plain.type("one\r");
    expect(await plain.shows("Week\n")).not.toContain("\u001B[1m");
    await plain.adapter.stop();
    const bright = await startConsole({ ...terminal, hasColour: true });
    bright.type("one\r");
    expect(await bright.shows("Week\n")).toContain("\u001B[1mYou said");
    await bright.adapter.stop();
  });
});
