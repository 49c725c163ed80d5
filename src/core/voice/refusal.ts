/** Refusals in one line: what was wrong, that nothing is recorded, and an example that works. */

import { findMeaning } from "#core/evidence/activities.ts";
import { maxNoteLength, sessionMinutes } from "#core/parsing/log-entries.ts";
import { maxGroupNameLength, maxMembers } from "#core/model/group.ts";
import type { LogRefusalKind, Refusal, RefusalKind } from "#core/model/refusal.ts";
import { type Block, bold, inlineCode, text } from "#core/model/reply.ts";
import { foldWord, maxTextLength } from "#core/lib/text.ts";

const { min, max } = sessionMinutes;

const logSentences: Readonly<Record<LogRefusalKind, (said: string) => string>> = {
  empty: () => "I found nothing to read there.",
  "too-long": () => `That is longer than the ${maxTextLength} characters that I read.`,
  "ill-formed": () => "That text holds characters that I cannot read.",
  "unknown-command": (said) => `I do not know "${said}".`,
  "no-time": (said) => `I found no time in "${said}".`,
  "no-activity": (said) => `I found no activity in "${said}".`,
  "two-times": (said) => `I found more than one time in "${said}"; a comma parts sessions.`,
  "two-activities": (said) => `I found more than one activity in "${said}"; a comma parts sessions.`,
  "two-days": (said) => `I found more than one day in "${said}".`,
  fraction: (said) => `"${said}" is not a whole number of minutes.`,
  "minutes-range": (said) => `A session has ${min} to ${max} minutes, and "${said}" is not one of them.`,
  "day-full": (said) => `That would make more than 24 hours on ${said}.`,
  "no-such-day": (said) => `There is no day "${said}".`,
  "two-readings": (said) => `"${said}" can be read in two ways.`,
  future: (said) => `${said} is still to come for you.`,
  "too-old": (said) => `${said} is more than a year back.`,
  "unknown-words": (said) => `I did not understand "${said}"; a note goes in quotes.`,
  "long-note": () => `That note is longer than ${maxNoteLength} characters.`,
  "not-training": sayNotTraining,
};

const otherSentences: Readonly<Record<Exclude<RefusalKind, LogRefusalKind>, (said: string) => string>> = {
  "bad-value": (said) => `I did not understand "${said}".`,
  "bad-setting": (said) => `I did not understand "${said}".`,
  "bad-plan": (said) => `I found no training days and minutes in "${said}".`,
  "bad-pause": (said) => `I found no pause of a day to a year in "${said}".`,
  "not-planned": () => "That day is not on your plan for this week any more.",
  "unclear-activity": (said) => `I am not sure which activity "${said}" is.`,
  "extra-words": (said) => `I did not understand "${said}" at the end.`,
  "no-such-session": () => "That session is not there any more.",
  "stale-question": () => "That question was answered, or another came after it.",
  "stale-undo": () => "Something else came after that.",
  "nothing-to-undo": () => "There is nothing to take back yet.",
  "needs-channel": () => "That is said in the channel that it is about.",
  "unknown-place": () => "I couldn't see which channel that came from, so nothing has changed. Try it once more there.",
  "channel-taken": () => "This channel has a group already.",
  "no-group-here": () => "This is no channel of a group.",
  "no-such-group": (said) => (said === "" ? "You are in no group yet." : `You are in no group "${said}".`),
  "not-manager": () => "That is for those who may manage this channel.",
  "bad-group-name": () => `A group has a name of 2 to ${maxGroupNameLength} characters.`,
  "bad-code": (said) => `"${said}" lets nobody in: a code holds for a week, and the next one ends it.`,
  "group-full": () => `That group has all of the ${maxMembers} members that one can have.`,
  "cannot-post": () => "I can't post in this channel yet. Let me see it and send messages in it; in a thread, in threads.",
  "not-invited": () => "I'm not in this channel yet. Invite me first.",
  "posting-unknown": () => "I couldn't find out whether I may post here. Give it a minute.",
  "stale-button": () => "That button is of another time or place.",
};

/** Refusals after which the same command can be repeated, once the platform's obstacle is removed. */
const repeatable: ReadonlySet<RefusalKind> = new Set<RefusalKind>(["cannot-post", "not-invited", "posting-unknown"]);

/** A friendly reply to a word that is not training. */
function sayNotTraining(said: string): string {
  const meaning = findMeaning(foldWord(said));
  const group = meaning?.kind === "not-training" ? meaning.group : "mind";
  return {
    rest: "Rest is training too, and needs no log.",
    passive_recovery: `"${said}" may do you good, and I count training minutes only.`,
    mind: `"${said}" may do you good, and I count training minutes only.`,
    unwell: "Take the time that you need; nothing is expected of you.",
  }[group];
}

/** The text of a refusal. */
export function sayRefusal({ kind, said, example }: Refusal): Block {
  const works = ["This works: ", inlineCode(example)] as const;
  if (isLog(kind)) return text(bold(logSentences[kind](said)), " Nothing is recorded. ", ...works);
  if (repeatable.has(kind)) return text(bold(otherSentences[kind](said)), " Then say it again: ", inlineCode(example));
  return text(bold(otherSentences[kind](said)), " ", ...works);
}

function isLog(kind: RefusalKind): kind is LogRefusalKind {
  return Object.hasOwn(logSentences, kind);
}
