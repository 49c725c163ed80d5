/** A console adapter in a test, which supplies the input and keeps the output. */

import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import type { TimeZone } from "#core/lib/time.ts";
import { bold, buttons, text } from "#core/model/reply.ts";
import type { Adapter, HandleMessage, Inbound } from "#src/ports/adapter.ts";
import { createConsole } from "../../adapters/console/index.ts";

/** What the console is attached to: a terminal or a pipe. */
export type Shape = { readonly isTTY: boolean; readonly columns?: number; readonly hasColour?: boolean };

/** A console with a fake coach that records each message and repeats it. */
export type ConsoleRun = {
  readonly adapter: Adapter;
  readonly heard: readonly Inbound[];
  type(words: string): void;
  endInput(): void;
  /** Resolves with all output once it contains `words`. */
  shows(words: string): Promise<string>;
};

const field = { label: "As it was", value: "20 strength" };
/** A handler that repeats each message, with buttons. */
export const echo: HandleMessage = async ({ text: said }) =>
  said === "again"
    ? undefined
    : {
        blocks: [
          text(bold("You said"), ` ${said}.`),
          buttons({ label: "Correct", says: "/correct 7", field }, { label: "Week", says: "/week" }),
        ],
      };

/** How pictures are drawn. */
export type Drawing = { readonly renderPng: (svg: string) => Promise<Uint8Array>; readonly pictures: string };

/** No pictures. */
export const noPictures: Drawing = { renderPng: () => Promise.reject(new Error("Nothing is painted here")), pictures: "nowhere" };
/** A timer that never fires. */
export const still = {
  clock: { now: () => Temporal.Instant.from("2026-11-25T11:00:00Z") },
  travelTo: async () => false,
  deliver: async () => undefined,
  timeZone: "UTC" as TimeZone,
};

/** Starts a console that reads input. */
export async function startConsole(
  { isTTY, columns, hasColour = false }: Shape,
  handle: HandleMessage = echo,
  drawing = noPictures,
): Promise<ConsoleRun> {
  const input = Object.assign(new PassThrough(), { isTTY });
  const output = Object.assign(new PassThrough(), { isTTY, ...(columns === undefined ? {} : { columns }) });
  const heard: Inbound[] = [];
  let shown = "";
  output.setEncoding("utf8").on("data", (words: string) => (shown += words));
  let now = Temporal.Instant.from("2026-11-25T11:00:00Z");
  const travelTo = async (instant: Temporal.Instant): Promise<boolean> => {
    now = instant;
    return true;
  };
  const timeZone = "Europe/Berlin" as TimeZone;
  const adapter = createConsole({
    input,
    output,
    hasColour,
    clock: { now: () => now },
    travelTo,
    deliver: async () => undefined,
    timeZone,
    ...drawing,
  });
  await adapter.start({
    async handle(inbound) {
      heard.push(inbound);
      return await handle(inbound);
    },
    suggest: async () => [],
    updateTimeZone: async () => {},
    defer: async () => false,
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

/** Not a terminal. */
export const pipe: Shape = { isTTY: false };
/** A terminal of the usual width. */
export const terminal: Shape = { isTTY: true, columns: 80 };
