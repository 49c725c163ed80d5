/** A test coach on its own store, with a clock that the test sets, and all messages that it sent. */

import type { Address, DeliveryKey, PlatformName, MessageId } from "#core/lib/ids.ts";
import type { TimeZone } from "#core/lib/time.ts";
import type { PostPermission } from "#core/model/group.ts";
import { plainText, type Reply } from "#core/model/reply.ts";
import { createCoach } from "#src/app/coach.ts";
import { createOutbox } from "#src/app/outbox/outbox.ts";
import type { Adapter, Defer, EditResult, HandleMessage, RemoveResult, SendResult, Suggest } from "#src/ports/adapter.ts";
import type { Log, LogFields } from "#src/ports/runtime.ts";
import type { Store } from "#src/ports/store.ts";
import { createLinkCodeGenerator } from "#src/runtime/link-codes.ts";
import { travelTo } from "#src/runtime/time-travel.ts";
import { createMemoryStore } from "./model-store/store.ts";

/** A message that was sent. */
export type Sent = {
  readonly to: Address;
  readonly at: Temporal.Instant;
  readonly key: DeliveryKey;
  readonly reply: Reply;
  /** The text of the whole reply. */
  readonly words: string;
};

/** A coach whose clock the test sets and whose log it reads. */
export type TestCoach = {
  readonly handle: HandleMessage;
  readonly suggest: Suggest;
  readonly defer: Defer;
  readonly store: Store;
  /** The text of the reply to `text`; empty for a redelivery. */
  hear(text: string, from?: From): Promise<string>;
  /** The reply to `text`; undefined for a redelivery. */
  reply(text: string, from?: From): Promise<Reply | undefined>;
  /** Presses the button `label` of the last reply or message. `typed` is appended, for buttons that ask for text. */
  press(label: string, typed?: string, from?: From): Promise<string>;
  /** Sets the clock. Nothing that falls due before `instant` is run. */
  turnTo(instant: string): void;
  /** Moves the clock to `instant`, and runs everything that falls due on the way. */
  travelTo(instant: string): Promise<void>;
  /** Evaluates due prompts and delivers what is due now. */
  run(): Promise<void>;
  /** The messages that were sent, in their order. */
  readonly sent: Sent[];
  /** The texts in `channel` as they read now: announcements and live messages. */
  inChannel(channel: string): readonly string[];
  /** The full content of messages in channels, pictures included, by their outbox keys. */
  standing(): ReadonlyMap<string, string>;
  /** How many edits succeeded. */
  edits(): number;
  /** Sets the platform's result of edits. */
  editWith(answer: () => EditResult | Promise<EditResult>): void;
  /** Sets the platform's result of removals. */
  removeWith(answer: () => RemoveResult): void;
  /** Sets the platform's result of sends. The default is "sent". */
  answerWith(answer: (sent: Sent) => SendResult | Promise<SendResult>): void;
  applyTimeZoneRules(rules: string): Promise<void>;
  readonly logged: { readonly event: string; readonly fields: LogFields }[];
};

/** The sender and the surface: a direct message, unless `in` names a channel. `isManager` says whether they may manage it. */
export type From = {
  readonly name?: string;
  readonly source?: string;
  readonly in?: string;
  readonly isManager?: boolean;
  readonly posting?: PostPermission;
};

/** Options of a test coach. */
export type TestOptions = {
  readonly store?: Store;
  readonly jitter?: number;
  readonly recognisesFor?: Temporal.Duration;
  /** How long the outbox waits for the platform, in milliseconds of the real clock. */
  readonly patience?: number;
  /** The prefix of its ids, for several coaches on one store. */
  readonly ids?: string;
};

const platform = "console" as PlatformName;
const never = Temporal.Duration.from({ seconds: 0 });

/** Creates a coach. Its clock starts on Wednesday 25 November 2026, noon in Berlin. */
export function createTestCoach(options: TestOptions = {}): TestCoach {
  const { store = createMemoryStore(), jitter = 0, recognisesFor = never, patience = 60_000, ids = "id" } = options;
  const logged: { event: string; fields: LogFields }[] = [];
  const note = (event: string, fields: LogFields = {}): void => void logged.push({ event, fields });
  const log: Log = { info: note, warn: note, error: note };
  let now = Temporal.Instant.from("2026-11-25T11:00:00Z");
  let count = 0;
  let last: Reply | undefined;
  const freshId = (): string => `${ids}-${String((count += 1)).padStart(4, "0")}`;
  const clock = {
    now: () => now,
    turnTo(instant: Temporal.Instant): boolean {
      now = instant;
      return true;
    },
  };
  const coach = createCoach({
    store,
    clock,
    log,
    freshId,
    timeZone: "Europe/Berlin" as TimeZone,
    jitter,
    linkCodes: createLinkCodeGenerator(),
  });
  const sent: Sent[] = [];
  const shown: { readonly channel: string; readonly key?: string; words: string; all: string }[] = [];
  let edited = 0;
  let takeEdit = (): EditResult | Promise<EditResult> => ({ kind: "edited" });
  let takeRemoval = (): RemoveResult => ({ kind: "removed" });
  let answer: (one: Sent) => SendResult | Promise<SendResult> = () => ({ kind: "sent" });
  const adapter: Adapter = {
    async start() {},
    async send({ address, reach }, reply, key) {
      const one = { to: address, at: now, key, reply, words: plainText(reply) };
      const result = await answer(one);
      if (result.kind === "sent" || result.kind === "unknown") {
        sent.push(one);
        last = reply;
      }
      if (reach === "direct" || result.kind !== "sent") return result;
      shown.push({ channel: address, key, words: plainText(reply), all: JSON.stringify(reply) });
      return { kind: "sent", message: String(shown.length - 1) };
    },
    async edit(_, message, reply) {
      const result = await takeEdit();
      const stands = shown[Number(message)];
      if (stands && result.kind === "edited") {
        edited += 1;
        stands.words = plainText(reply);
        stands.all = JSON.stringify(reply);
      }
      return result;
    },
    async remove(_, message) {
      const result = takeRemoval();
      const stands = shown[Number(message)];
      if (stands && result.kind === "removed") stands.words = stands.all = "";
      return result;
    },
    recognisesFor,
    ended: Promise.resolve(),
    async stop() {},
  };
  const outbox = createOutbox({ store, clock, log, adapters: new Map([[platform, adapter]]), random: () => 0.5, sendTimeout: patience });
  const run = async (): Promise<void> => {
    await coach.evaluateDuePrompts();
    await outbox.deliver();
  };
  const reply: TestCoach["reply"] = async (text, { name = "ann", source = `source-${freshId()}`, in: channel, ...rights } = {}) => {
    const surface = { platform, address: (channel ?? name) as Address, reach: channel === undefined ? "direct" : "shared" } as const;
    const { isManager = false, posting = "allowed" } = rights;
    const [mayManage, mayPost] = [async (): Promise<boolean> => isManager, async (): Promise<PostPermission> => posting];
    last = await coach.handle({ source: source as MessageId, account: { platform, id: name, name }, surface, text, mayManage, mayPost });
    if (last?.announcement?.some(({ kind }) => kind === "file")) throw new Error("A file is for its person alone, and never aloud");
    if (channel !== undefined && last?.announcement) shown.push({ channel, words: plainText({ blocks: last.announcement }), all: "" });
    return last;
  };
  const hear: TestCoach["hear"] = async (text, from) => plainText((await reply(text, from)) ?? { blocks: [] });
  return {
    handle: coach.handle,
    suggest: coach.suggest,
    defer: coach.defer,
    applyTimeZoneRules: coach.applyTimeZoneRules,
    store,
    reply,
    hear,
    logged,
    sent,
    run,
    inChannel: (channel) => shown.filter((one) => one.channel === channel).map(({ words }) => words),
    standing: () => new Map(shown.flatMap(({ key, all }) => (key === undefined ? [] : [[key, all] as const]))),
    edits: () => edited,
    editWith(next) {
      takeEdit = next;
    },
    removeWith(next) {
      takeRemoval = next;
    },
    answerWith(next) {
      answer = next;
    },
    async press(label, typed, from) {
      const choices = last?.blocks.flatMap((block) => (block.kind === "choices" ? block.choices : [])) ?? [];
      const choice = choices.find((candidate) => candidate.label === label);
      if (!choice) throw new Error(`Press "${label}": it must be one of ${choices.map((candidate) => candidate.label).join(", ")}`);
      return await hear(typed === undefined ? choice.says : `${choice.says} ${typed}`, from);
    },
    turnTo(instant) {
      now = Temporal.Instant.from(instant);
    },
    async travelTo(instant) {
      await travelTo(Temporal.Instant.from(instant), { clock, store, run });
    },
  };
}
