/** The console adapter: the coach without an account, a token or a network. */

import { randomUUIDv7 } from "node:crypto";
import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { type Address, addressOf, platformNameOf, messageIdOf } from "#core/lib/ids.ts";
import { fold } from "#core/lib/text.ts";
import type { TimeZone } from "#core/lib/time.ts";
import type { Choice, Reply } from "#core/model/reply.ts";
import { sentence } from "#core/phrases.ts";
import type { Adapter, HandleMessage, Surface } from "#src/ports/adapter.ts";
import type { Clock } from "#src/ports/runtime.ts";
import { fileIn, writePrivately } from "./attachments.ts";
import { type Line, readLine } from "./inbound.ts";
import { type Canvas, choicesOf, removed, renderReply } from "./render.ts";

/** Options of the console. */
export type Options = {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  /** Whether colour may be used if `output` is a terminal. */
  readonly hasColour: boolean;
  readonly clock: Clock;
  /** Advances the clock to `instant` and runs everything due on the way. Returns false and does nothing if `instant` is in the past. */
  readonly travelTo: (instant: Temporal.Instant) => Promise<boolean>;
  /** Sends what is due at once, such as updates of live messages. */
  readonly deliver: () => Promise<void>;
  /** The time zone of `/clock`. */
  readonly timeZone: TimeZone;
  /** Draws SVG text as the bytes of a PNG. */
  readonly renderPng: (svg: string) => Promise<Uint8Array>;
  /** Prefix of picture paths, beside the database. */
  readonly pictures: string;
};

/** The state of the conversation: the speaker, the channel and the choices. */
type Talk = {
  readonly name: string;
  readonly place: string | undefined;
  readonly choices: readonly Choice[];
  readonly asked: Choice | undefined;
  /** The choices of the last message in each channel, for anybody there. */
  readonly posted: ReadonlyMap<string, readonly Choice[]>;
};

const platform = platformNameOf("console");

/** Creates the adapter. On a terminal it prompts. Otherwise it reads one message a line, answers, and ends with its input. */
export function createConsole(options: Options): Adapter {
  const { input, output } = options;
  const isTerminal = input.isTTY === true && output.isTTY === true;
  const ended = Promise.withResolvers<void>();
  const stopping = new AbortController();
  const screen = createTerminal(options, isTerminal);
  const rewrite = async ({ address, reach }: Surface, reply: Reply): Promise<boolean> => {
    if (output.writable) await screen.interrupt({ address, reach, isNews: false }, reply);
    return output.writable;
  };
  let isListening = false;
  return {
    async start({ handle }) {
      isListening = true;
      const lines = createInterface({ input, output, terminal: isTerminal });
      lines.on("SIGINT", () => stopping.abort());
      output.on("error", () => stopping.abort());
      stopping.signal.addEventListener("abort", () => lines.close());
      if (isTerminal) output.write(`${welcome}\n\n`);
      converse(lines, screen, { ...options, handle, stopping: stopping.signal }).then(ended.resolve, ended.reject);
    },
    async send({ address, reach }, reply) {
      if (!output.writable) return { kind: "later" };
      await screen.interrupt({ address, reach }, reply);
      return reach === "shared" ? { kind: "sent", message: randomUUIDv7() } : { kind: "sent" };
    },
    edit: async (surface, _, reply) => ({ kind: (await rewrite(surface, reply)) ? "edited" : "later" }),
    remove: async (surface) => ({ kind: (await rewrite(surface, removed)) ? "removed" : "later" }),
    // A terminal cannot be asked what it has shown.
    recognisesFor: Temporal.Duration.from({ seconds: 0 }),
    ended: ended.promise,
    async stop() {
      stopping.abort();
      if (isListening) await ended.promise;
    },
  };
}

const welcome = "Sweetspot on the console. Try: 20 strength. /help shows what can be said, /clock +5d moves time on, /quit leaves.";

/** The conversation's state and the line being typed. */
type Terminal = {
  talk(): Talk;
  /** Sets the state to `talk` and prints `print`. */
  put(talk: Talk, print: string): void;
  /** Prompts for the next line. */
  prompt(lines: Interface): void;
  /** Prints an unasked message above the line being typed. */
  interrupt(to: Whereto, reply: Reply): Promise<void>;
};

/** The recipient or channel. `isNews` is false for an edit of an earlier message. */
type Whereto = Pick<Surface, "address" | "reach"> & { readonly isNews?: boolean };

function createTerminal(options: Options, isTerminal: boolean): Terminal {
  const { output, clock, timeZone } = options;
  let talk: Talk = { name: "me", place: undefined, choices: [], asked: undefined, posted: new Map() };
  let open: Interface | undefined;
  return {
    talk: () => talk,
    put(next, print) {
      open = undefined;
      talk = next;
      output.write(`${print}\n${print === "" ? "" : "\n"}`);
    },
    prompt(lines) {
      if (!isTerminal) return;
      open = lines;
      lines.setPrompt(promptOf(talk));
      lines.prompt();
      if (talk.asked?.field) lines.write(talk.asked.field.value);
    },
    async interrupt({ address, reach, isNews = true }, reply) {
      const drawn = await draw(reply, address, options);
      if (open) output.write("\r\u001B[K");
      const whereto = reach === "shared" ? sentence(address) : `To ${address}`;
      output.write(`${whereto}, ${timeName(clock.now(), timeZone)}${isNews ? "" : ", what stood there reads now"}:\n${drawn}\n\n`);
      const choices = choicesOf(reply);
      if (reach === "shared") talk = { ...talk, posted: new Map(talk.posted).set(address, choices) };
      if (address === addressOfTalk(talk)) talk = { ...talk, choices };
      open?.prompt(true);
    },
  };
}

type Conversation = Options & { readonly handle: HandleMessage; readonly stopping: AbortSignal };

async function converse(lines: Interface, screen: Terminal, options: Conversation): Promise<void> {
  screen.prompt(lines);
  for await (const typed of lines) {
    const turn = await hear(screen.talk(), typed, options);
    if (!turn) break;
    screen.put(turn.talk, turn.print);
    if (turn.to) await options.travelTo(turn.to);
    else await options.deliver();
    // Piped input is answered without a pause; this lets a signal be handled.
    await setImmediate();
    if (options.stopping.aborted) break;
    screen.prompt(lines);
  }
  lines.close();
}

function promptOf({ name, place, asked }: Talk): string {
  if (asked) return "anew> ";
  return place ? `${name} in ${place}> ` : `${name}> `;
}

/** The result of one line. `to` is the new time of the clock. */
type Turn = { readonly talk: Talk; readonly print: string; readonly to?: Temporal.Instant };

/** Handles one line; undefined if it ends the conversation. */
async function hear(talk: Talk, typed: string, options: Conversation): Promise<Turn | undefined> {
  const isCommand = typed.trimStart().startsWith("/");
  if (talk.asked && !isCommand) return await speak({ ...talk, asked: undefined }, `${talk.asked.says} ${typed}`, options);
  const line = readLine(typed, { choices: talk.choices, now: options.clock.now(), timeZone: options.timeZone });
  if (line.kind === "quit") return undefined;
  const free = { ...talk, asked: undefined };
  if (line.kind === "say") return await speak(free, line.text, options);
  return ownWord(free, line, options);
}

async function speak(talk: Talk, text: string, options: Conversation): Promise<Turn> {
  const surface: Surface = { platform, address: addressOfTalk(talk), reach: talk.place ? "shared" : "direct" };
  const account = { platform, id: fold(talk.name), name: talk.name };
  // The console has no roles.
  const mayManage = async (): Promise<boolean> => true;
  const source = messageIdOf(platform, randomUUIDv7());
  const reply = await options.handle({ source, account, surface, text, mayManage, ...fileIn(text) });
  if (!reply) return { talk, print: "" };
  const answer = await draw(reply, account.id, options);
  const print =
    talk.place && reply.announcement ? `${answer}\n${await drawPublicReply(reply.announcement, surface.address, options)}` : answer;
  return { talk: { ...talk, choices: choicesOf(reply) }, print };
}

async function drawPublicReply(blocks: Reply["blocks"], address: Address, options: Options): Promise<string> {
  return `${sentence(address)}, to everybody: ${await draw({ blocks }, address, options)}`;
}

/** The speaker's address: their channel, or their direct messages. */
function addressOfTalk({ name, place }: Talk): Address {
  return place ? addressOf("in", fold(place)) : addressOf(fold(name));
}

/** Renders a reply to account `id`. Files go beside the database, for their owner only. If one cannot be written, the words remain. */
async function draw(reply: Reply, id: string, options: Options): Promise<string> {
  const pictures = new Map<string, string>();
  const start = `${options.pictures}-${id.replaceAll(/[^\p{L}\p{N}-]/gu, "_")}`;
  for (const block of reply.blocks) {
    if (block.kind !== "picture" && block.kind !== "file") continue;
    const path = block.kind === "picture" ? `${start}-${block.name}.png` : `${start}-${block.name}`;
    try {
      await writePrivately(path, block.kind === "picture" ? await options.renderPng(block.svg) : block.content);
      pictures.set(block.name, path);
    } catch {
      // The words remain.
    }
  }
  return renderReply(reply, { ...canvasOf(options), pictures });
}

function ownWord(talk: Talk, line: Exclude<Line, { readonly kind: "quit" | "say" }>, { clock, timeZone }: Options): Turn {
  switch (line.kind) {
    case "as":
      return { talk: arrived({ ...talk, name: line.name }), print: `You are ${line.name} now.` };
    case "in":
      return { talk: arrived({ ...talk, place: line.place }), print: `You are in the channel ${line.place} now; /dm goes back.` };
    case "dm":
      return { talk: { ...talk, place: undefined, choices: [] }, print: "You are alone with the coach now." };
    case "ask":
      return { talk: { ...talk, asked: line.choice }, print: `${line.choice.field?.label}: ${line.choice.field?.value}. Type it anew.` };
    case "unclear":
      return { talk, print: line.why };
    case "clock":
      return { talk, print: `It is ${timeName(clock.now(), timeZone)}.` };
    case "turn": {
      const now = clock.now();
      const isBack = Temporal.Instant.compare(line.to, now) < 0;
      if (isBack) return { talk, print: `That lies back, and the clock only goes forward. It is ${timeName(now, timeZone)}.` };
      return { talk, print: `It is ${timeName(line.to, timeZone)} now.`, to: line.to };
    }
  }
}

/** A user who enters a channel can press the choices of its last message. */
function arrived(talk: Talk): Talk {
  return { ...talk, choices: talk.posted.get(addressOfTalk(talk)) ?? [] };
}

function timeName(instant: Temporal.Instant, timeZone: TimeZone): string {
  const local = instant.toZonedDateTimeISO(timeZone);
  return `${local.toLocaleString("en-GB", { weekday: "long" })} ${local.toPlainDateTime().toString({ smallestUnit: "minute" }).replace("T", " ")} in ${timeZone}`;
}

function canvasOf({ output, hasColour }: Options): Canvas {
  return {
    hasColour: hasColour && output.isTTY === true,
    width: output.isTTY ? Math.min(output.columns || 80, 100) : Number.POSITIVE_INFINITY,
  };
}
