/** The text of `/schedule`: upcoming and past messages. */

import type { PlatformName } from "#core/lib/ids.ts";
import { dayAt } from "#core/lib/time.ts";
import type { Loaded } from "#core/model/context.ts";
import type { DirectMessage, DirectMessageKind, EndReason } from "#core/model/outbox-message.ts";
import type { Prompt, PromptKind } from "#core/model/prompt.ts";
import { type Block, bold, inlineCode, text } from "#core/model/reply.ts";
import type { User } from "#core/model/user.ts";
import { dateName, momentName, sentence, timeName } from "#core/phrases.ts";
import { askedTime } from "#core/schedule/due-times.ts";
import { isQuiet } from "#core/schedule/quiet-hours.ts";
import { pauseOn } from "#core/training/pauses.ts";
import { settingValues } from "./settings.ts";

const names: Readonly<Record<DirectMessageKind, string>> = {
  weekly: "weekly feedback",
  rest: "rest-day nudge",
  training: "training nudge",
  export: "your data",
  linked: "word of a linked account",
  parted: "word of a parted account",
  answer: "a late answer",
};

const reasons: Readonly<Record<EndReason, string>> = {
  late: "its time had passed",
  stopped: "you had ended all messages",
  paused: "you had paused messages",
  off: "you had turned it off",
  "one-a-day": "one message a day is the most, and another had that day",
  changed: "it was not true any more when its time came",
  closed: "my messages do not reach you",
  refused: "the platform did not take it",
  "gave-up": "the platform could not be reached",
  quiet: "nobody of the group had logged for three weeks",
  "in-doubt": "the line broke while it was on its way",
};

/** The name of a kind of message: "weekly feedback". */
export function kindName(kind: DirectMessageKind): string {
  return names[kind];
}

/** Why a message was not delivered: "its time had passed". */
export function whyName(reason: EndReason): string {
  return reasons[reason];
}

/** The state of all messages, the next of each kind, and the latest with their outcomes. */
export function saySchedule({ user, today, prompts, deliveries, isActive, gone = [] }: Loaded<"prompts" | "deliveries">): readonly Block[] {
  const rows = [
    ...(["weekly", "rest", "training"] as const).map((kind) => ({
      label: sentence(names[kind]),
      value: coming(kind, user, prompts, today),
    })),
    { label: "Quiet hours", value: settingValues.quietHours(user) },
  ];
  const latest = deliveries.map((delivery) => ({ label: pastLabel(delivery, user, today), value: ending(delivery, user) }));
  return [
    headline(user, today, isActive),
    ...(user.messagesOn !== undefined && gone.includes(user.messagesOn) ? [sayOut(user.messagesOn)] : []),
    { kind: "facts", facts: rows },
    ...(latest.length > 0 ? [text(bold("What came last.")), { kind: "facts" as const, facts: latest }] : []),
  ];
}

/** The chosen platform refused the bot: nothing is sent there until the next start. Due messages go elsewhere, some minutes late. */
function sayOut(platform: PlatformName): Block {
  return text(
    bold(`I can't write to you on ${sentence(platform)} at the moment.`),
    " Until I can, messages come here, a few minutes late.",
  );
}

function headline(user: User, today: Temporal.PlainDate, isActive: boolean): Block {
  const pause = pauseOn(user, today);
  if (user.isStopped) return text(bold("I do not write to you."), " You ended all messages; ", inlineCode("/resume"), " brings them back.");
  if (pause) return text(bold(`Paused until ${dateName(pause.until, today)}.`), " ", inlineCode("/resume"), " ends the pause.");
  if (!isActive) return text(bold("Nothing comes by itself."), " I begin when you log something.");
  return text(bold("What comes next."), " At most one a day, and the weekly feedback wins.");
}

function coming(kind: PromptKind, user: User, prompts: readonly Prompt[], today: Temporal.PlainDate): string {
  const isOff = kind === "weekly" ? !user.feedback : kind === "rest" ? !user.restNudges : !user.trainingNudges;
  if (isOff) return "off";
  if (kind === "training" && !user.plan) return "on, and there is no plan for it yet";
  const prompt = prompts.find((one) => one.kind === kind);
  if (user.isStopped || prompts.length === 0) return "none";
  if (!prompt)
    return kind === "training"
      ? "none, as no planned day has an evening outside of your quiet hours"
      : "none, as your quiet hours take the day";
  if (pauseOn(user, dayAt(prompt.dueAt, user.timeZone))) return "after the pause";
  const at = momentName(prompt.dueAt, user, today);
  const shift = isShifted(prompt, user) ? "; your quiet hours last until then" : "";
  if (kind === "rest") return `${at}, if you lifted on the day before or the week is full${shift}`;
  if (kind === "training") return `${at}, if nothing is logged that day${shift}`;
  return `${at}${shift}`;
}

/** Whether quiet hours delay the prompt. It is then due at their end. */
function isShifted({ kind, dueAt }: Prompt, user: User): boolean {
  const local = dueAt.toZonedDateTimeISO(user.timeZone);
  return isQuiet(local.withPlainTime(askedTime(kind, user)).toInstant(), user);
}

function pastLabel({ kind, dueAt, endedAt, state }: DirectMessage, user: User, today: Temporal.PlainDate): string {
  const at = state === "sent" && endedAt ? endedAt : dueAt;
  return `${momentName(at, user, today)}, ${names[kind]}`;
}

function ending({ state, reason, nextAt }: DirectMessage, { timeZone }: User): string {
  switch (state) {
    case "sent":
      return "sent";
    case "queued":
    case "sending":
      return nextAt ? `waiting, next try at ${timeName(nextAt.toZonedDateTimeISO(timeZone).toPlainTime())}` : "waiting";
    case "unknown":
      return `unknown, as ${reasons[reason ?? "in-doubt"]}: it may have come or not, and is not sent twice`;
    case "expired":
    case "suppressed":
    case "parked":
      return `not sent, as ${reasons[reason ?? "late"]}`;
  }
}
