/** The console under the contract of adapters. */

import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import type { Address, PlatformName } from "#core/lib/ids.ts";
import { createConsole } from "../../../adapters/console/index.ts";
import { adapterContract, type Given, type Stand } from "../../contracts/adapter.ts";
import { temporaryFolder } from "../../support/program.ts";
import { still } from "../../support/program-stage.ts";

/** One person at one screen: nobody else sees it. */
async function open({ handle, renderPng }: Given): Promise<Stand> {
  const [input, output, folder] = [new PassThrough(), new PassThrough(), temporaryFolder()];
  let shown = "";
  output.setEncoding("utf8").on("data", (words: string) => (shown += words));
  const adapter = createConsole({ input, output, hasColour: false, ...still, renderPng, pictures: join(folder, "coach") });
  const type = (line: string): void => void input.write(`${line}\n`);
  const press = (label: string): void => {
    const number = Array.from(shown.matchAll(/\[(\d+)\] (\S[^[\n]*)/gu)).findLast(([, , words]) => words?.startsWith(label))?.[1];
    if (!number) throw new Error(`Press "${label}": it must be shown, and shown is: ${shown}`);
    type(number);
  };
  return {
    adapter,
    surface: { platform: "console" as PlatformName, address: "me" as Address, reach: "direct" },
    channel: { platform: "console" as PlatformName, address: "in gym" as Address, reach: "shared" },
    start: () => adapter.start({ handle, suggest: async () => [], updateTimeZone: async () => {}, defer: async () => false }),
    async say(words, where = "alone") {
      type(where === "alone" ? "/dm" : "/in gym");
      type(words);
    },
    async sendFile(name, content) {
      const path = join(temporaryFolder(), name);
      writeFileSync(path, content);
      type(`/import ${path}`);
    },
    press: async (label) => press(label),
    async fill(label, words) {
      const before = shown.length;
      press(label);
      const value = (): string | undefined => /Anew: (?<value>.*)\. Type it anew\./u.exec(shown.slice(before))?.groups?.["value"];
      while (value() === undefined) await once(output, "data");
      type(words);
      return value() ?? "";
    },
    shown: () => shown,
    // Whoever else sat at this screen would read what is meant for everybody, and takes what was removed for gone.
    shownToOthers: () =>
      Array.from(
        (shown.split("(removed)").at(-1) ?? "").matchAll(/^In gym, (?:to everybody: |[^\n]*:\n)([^]*?)\n\n/gmu),
        ([, words = ""]) => words,
      ).join("\n"),
    pictures: () => readdirSync(folder).length,
    files: () => readdirSync(folder).map((name) => ({ name, content: readFileSync(join(folder, name), "utf8") })),
  };
}

adapterContract("the console", open);
