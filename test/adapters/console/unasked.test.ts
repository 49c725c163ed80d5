/** What the console prints that nobody asked for, and where it puts pictures. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import type { Address, DeliveryKey, PlatformName } from "#core/lib/ids.ts";
import { bold, buttons, type Reply, text } from "#core/model/reply.ts";
import { createConsole } from "../../../adapters/console/index.ts";
import { temporaryFolder } from "../../support/program.ts";
import { noPictures, pipe, startConsole, still, terminal } from "../../support/program-stage.ts";

describe("what is said unasked", () => {
  const surface = { platform: "console" as PlatformName, address: "me" as Address, reach: "direct" } as const;
  const nudge: Reply = { blocks: [text(bold("Rest day.")), buttons({ label: "Thanks", says: "/thanks" })] };
  const key = "rest me 2026-11-26" as DeliveryKey;

  test("is printed with whom it is for and when, and its numbers can be pressed", async () => {
    const { adapter, heard, type, shows } = await startConsole(pipe);
    expect(await adapter.send(surface, nudge, key)).toEqual({ kind: "sent" });
    expect(await shows("[1] Thanks\n\n")).toContain("To me, Wednesday 2026-11-25 12:00 in Europe/Berlin:\nRest day.");
    type("1\n");
    await shows("You said /thanks");
    expect(heard.map((inbound) => inbound.text)).toEqual(["/thanks"]);
    await adapter.stop();
  });
  test("for somebody else leaves the numbers of the last answer alone", async () => {
    const { adapter, heard, type, shows } = await startConsole(pipe);
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
    const { adapter, heard, type, shows } = await startConsole(terminal);
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
    const { adapter } = await startConsole(pipe);
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
    const renderPng = async (svg: string): Promise<Uint8Array> => {
      painted.push(svg);
      return new Uint8Array([1, 2]);
    };
    const { adapter, type, shows } = await startConsole(pipe, async () => drawn, { renderPng, pictures: join(folder, "coach") });
    type("/as ../Ann O'Neil\n/week\n");
    const path = join(folder, "coach-___ann_o_neil-week-2026-11-23.png");
    await shows(`Words.\n  Picture: ${path}`);
    expect([painted, [...readFileSync(path)]]).toEqual([["<svg/>"], [1, 2]]);
    await adapter.stop();
  });
  test("that cannot be drawn is left out, and the words stay", async () => {
    const { adapter, type, shows } = await startConsole(pipe, async () => drawn);
    type("/week\n");
    expect(await shows("Words.\n\n")).not.toContain("Picture");
    await adapter.stop();
  });
});
