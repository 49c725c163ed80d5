/** The console: the coach without an account, a token or a network. */

import { randomUUIDv7 } from "node:crypto";
import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import type { Address, PlatformName, SourceId } from "#core/brand.ts";
import type { Choice } from "#core/reply.ts";
import { fold } from "#core/text.ts";
import type { TimeZone } from "#core/time.ts";
import type { Adapter, Clock, Handle, Surface } from "#src/ports.ts";
import { type Line, readLine } from "./inbound.ts";
import { type Canvas, choicesOf, renderReply } from "./render.ts";

/** What the console works with. */
export type Options = {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  /** Whether colour may be used, where `output` is a terminal. */
  readonly hasColour: boolean;
  readonly clock: Clock & { turnTo(instant: Temporal.Instant): boolean };
  /** In which `/clock` speaks. */
  readonly timeZone: TimeZone;
};

/** Who speaks, where, and what can be pressed. */
type Talk = {
  readonly name: string;
  readonly place: string | undefined;
  readonly choices: readonly Choice[];
  readonly asked: Choice | undefined;
};

const platform = "console" as PlatformName;

/** The console's adapter. On a terminal it prompts; elsewhere it reads one message a line, answers, and ends with its input. */
export function createConsole(options: Options): Adapter {
  const { input, output } = options;
  const isTerminal = input.isTTY === true && output.isTTY === true;
  const ended = Promise.withResolvers<void>();
  const stopping = new AbortController();
  let isListening = false;
  return {
    async start(handle) {
      isListening = true;
      const lines = createInterface({ input, output, terminal: isTerminal });
      lines.on("SIGINT", () => stopping.abort());
      output.on("error", () => stopping.abort());
      stopping.signal.addEventListener("abort", () => lines.close());
      if (isTerminal) output.write(`${welcome}\n\n`);
      converse(lines, handle, { ...options, isTerminal, stopping: stopping.signal }).then(ended.resolve, ended.reject);
    },
    ended: ended.promise,
    async stop() {
      stopping.abort();
      if (isListening) await ended.promise;
    },
  };
}

const welcome = "Sweetspot on the console. Try: 20 strength. /help shows what can be said, /clock +5d moves time on, /quit leaves.";

type Conversation = Options & { readonly isTerminal: boolean; readonly stopping: AbortSignal };

async function converse(lines: Interface, handle: Handle, options: Conversation): Promise<void> {
  let talk: Talk = { name: "me", place: undefined, choices: [], asked: undefined };
  const prompt = (): void => {
    if (!options.isTerminal) return;
    lines.setPrompt(promptOf(talk));
    lines.prompt();
    if (talk.asked?.field) lines.write(talk.asked.field.value);
  };
  prompt();
  for await (const typed of lines) {
    const turn = await hear(talk, typed, handle, options);
    if (!turn) break;
    talk = turn.talk;
    options.output.write(`${turn.print}\n${turn.print === "" ? "" : "\n"}`);
    // What was piped in is answered without a pause, in which a signal would be heard.
    await setImmediate();
    if (options.stopping.aborted) break;
    prompt();
  }
  lines.close();
}

function promptOf({ name, place, asked }: Talk): string {
  if (asked) return "anew> ";
  return place ? `${name} in ${place}> ` : `${name}> `;
}

type Turn = { readonly talk: Talk; readonly print: string };

/** One line of the talk: what it comes to, and what is printed; undefined when it ends the talk. */
async function hear(talk: Talk, typed: string, handle: Handle, options: Options): Promise<Turn | undefined> {
  const isCommand = typed.trimStart().startsWith("/");
  if (talk.asked && !isCommand) return await speak({ ...talk, asked: undefined }, `${talk.asked.says} ${typed}`, handle, options);
  const line = readLine(typed, { choices: talk.choices, now: options.clock.now(), timeZone: options.timeZone });
  if (line.kind === "quit") return undefined;
  const free = { ...talk, asked: undefined };
  if (line.kind === "say") return await speak(free, line.text, handle, options);
  return ownWord(free, line, options);
}

async function speak(talk: Talk, text: string, handle: Handle, options: Options): Promise<Turn> {
  const surface: Surface = talk.place
    ? { platform, address: `in ${talk.place}` as Address, reach: "shared" }
    : { platform, address: `dm ${talk.name}` as Address, reach: "direct" };
  const account = { platform, id: fold(talk.name), name: talk.name };
  const reply = await handle({ source: `console ${randomUUIDv7()}` as SourceId, account, surface, text });
  if (!reply) return { talk, print: "" };
  return { talk: { ...talk, choices: choicesOf(reply) }, print: renderReply(reply, canvasOf(options)) };
}

function ownWord(talk: Talk, line: Exclude<Line, { readonly kind: "quit" | "say" }>, { clock, timeZone }: Options): Turn {
  switch (line.kind) {
    case "as":
      return { talk: { ...talk, name: line.name, choices: [] }, print: `You are ${line.name} now.` };
    case "in":
      return { talk: { ...talk, place: line.place, choices: [] }, print: `You are in the channel ${line.place} now; /dm goes back.` };
    case "dm":
      return { talk: { ...talk, place: undefined, choices: [] }, print: "You are alone with the coach now." };
    case "ask":
      return { talk: { ...talk, asked: line.choice }, print: `${line.choice.field?.label}: ${line.choice.field?.value}. Type it anew.` };
    case "unclear":
      return { talk, print: line.why };
    case "clock":
      return { talk, print: `It is ${timeName(clock, timeZone)}.` };
    case "turn":
      return {
        talk,
        print: clock.turnTo(line.to)
          ? `It is ${timeName(clock, timeZone)} now.`
          : `That lies back, and the clock only goes forward. It is ${timeName(clock, timeZone)}.`,
      };
  }
}

function timeName(clock: Clock, timeZone: TimeZone): string {
  const local = clock.now().toZonedDateTimeISO(timeZone);
  return `${local.toLocaleString("en-GB", { weekday: "long" })} ${local.toPlainDateTime().toString({ smallestUnit: "minute" }).replace("T", " ")} in ${timeZone}`;
}

function canvasOf({ output, hasColour }: Options): Canvas {
  return {
    hasColour: hasColour && output.isTTY === true,
    width: output.isTTY ? Math.min(output.columns || 80, 100) : Number.POSITIVE_INFINITY,
  };
}
