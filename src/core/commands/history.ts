/** `/history`: earlier sessions, each with buttons to correct or remove it. */

import { activityOf, findMeaning, findNear, shortName } from "#core/evidence/activities.ts";
import { freeText, oneOf, oneWord } from "#core/args.ts";
import { type ActivityId, sessionIdOf } from "#core/lib/ids.ts";
import { withData, command } from "#core/command.ts";
import { parseEntries } from "#core/parsing/log-entries.ts";
import { editSession } from "#core/commands/log/edit-session.ts";
import { createSession, typedEntry } from "#core/commands/log/log-sessions.ts";
import { isRefusal, type Refusal, refuse } from "#core/model/refusal.ts";
import { type Block, buttons, type Choice } from "#core/model/reply.ts";
import type { Session } from "#core/model/session.ts";
import { type Step, type RequestContext, say } from "#core/model/context.ts";
import { suggestActivities } from "#core/commands/autocomplete/activities.ts";
import { foldWord, quotable } from "#core/lib/text.ts";
import { rowLabel, sayCorrected, sayCounted, sayHistory, sayRemoved, saySession } from "#core/voice/history.ts";

const rows = 10;

/** Lists sessions, ten a page. */
export const history = command({
  name: "history",
  summary: "lists your sessions, each to be corrected or removed",
  args: { activity: freeText("one activity only, if you like, and page 2 for older ones", "optional", suggestActivities) },
  examples: ["/history", "/history run", "/history page 2"],
  isListed: true,
  prepare({ activity }, context) {
    const paged = /(?:^|\s)page\s+(\d{1,4})$/i.exec(activity);
    const name = paged ? activity.slice(0, paged.index).trim() : activity;
    const found = name === "" ? undefined : findActivity(name, context);
    if (found && typeof found !== "string") return found;
    return list(found, Math.max(1, Number(paged?.[1] ?? 1)), context);
  },
});

function findActivity(name: string, { user }: RequestContext): ActivityId | Refusal {
  const word = foldWord(name);
  const meaning = findMeaning(word);
  const own = Object.hasOwn(user.words, word) ? user.words[word] : undefined;
  if (own) return own;
  if (meaning?.kind === "activity") return meaning.activity.id;
  const usual = meaning?.kind === "ambiguous" ? meaning.term.default : null;
  const [near] = findNear(word);
  return usual ?? refuse("bad-value", quotable(name), `/history ${near ? shortName(near) : "strength"}`);
}

function list(activity: ActivityId | undefined, number: number, { today }: RequestContext): Step {
  const page = { ...(activity ? { activity } : {}), skip: (number - 1) * rows, limit: rows + 1 };
  return withData({ page }, (data) => {
    const shown = data.page.slice(0, rows);
    const choices: readonly Choice[] = shown.map((session) => ({ label: rowLabel(session, today), says: `/session ${session.id}` }));
    const named = activity ? ` ${shortName(activityOf(activity))}` : "";
    const turn = [
      ...(data.page.length > rows ? [{ label: "Older", says: `/history${named} page ${number + 1}` }] : []),
      ...(number > 1 ? [{ label: "Newer", says: `/history${named} page ${number - 1}` }] : []),
    ];
    const picks: readonly Block[] = choices.length > 0 ? [{ kind: "choices", layout: "list", choices }] : [];
    return say(
      sayHistory(shown.length, number, activity && activityOf(activity)),
      ...picks,
      ...(turn.length > 0 ? [buttons(...turn)] : []),
    );
  });
}

/** Shows one session with buttons to correct or remove it. */
export const session = command({
  name: "session",
  summary: "shows one session",
  args: { session: oneWord("which session") },
  examples: ["/history"],
  isListed: false,
  prepare: ({ session: id }, { today }) =>
    withData({ session: sessionIdOf(id) }, ({ session: found }) => {
      if (!found) return gone();
      return say(
        saySession(found, today),
        buttons(correction(found), { label: "Remove", says: `/remove ${found.id}` }, { label: "Back", says: "/history" }),
      );
    }),
});

function correction(session: Session): Choice {
  return { label: "Correct", says: `/correct ${session.id}`, field: { label: "As it was", value: asText(session) } };
}

/** Removes one session. */
export const remove = command({
  name: "remove",
  summary: "removes one session",
  args: { session: oneWord("which session") },
  examples: ["/history"],
  isListed: false,
  prepare: ({ session: id }, context) =>
    withData({ session: sessionIdOf(id) }, ({ session: found }) => {
      if (!found) return gone();
      return editSession({ before: found }, (spoken) => sayRemoved(found, spoken), context);
    }),
});

/** Replaces one session. Omitted parts take the activity's defaults, and the day is kept. Without words it shows the session. */
export const correct = command({
  name: "correct",
  summary: "says one session anew",
  args: { session: oneWord("which session"), anew: freeText("the session as it was", "optional") },
  examples: ["/history"],
  isListed: false,
  prepare: ({ session: id, anew }, context) =>
    withData({ session: sessionIdOf(id) }, ({ session: found }) => {
      if (!found) return gone();
      return anew === "" ? say(saySession(found, context.today), buttons(correction(found))) : decideCorrection(found, anew, context);
    }),
});

function decideCorrection(before: Session, anew: string, context: RequestContext): Step {
  const { today, locale, user } = context;
  const read = parseEntries(anew, { today, locale, usualDay: before.day, words: user.words, answered: [{ kind: "long" }] });
  if (isRefusal(read)) return read;
  if (read.kind === "clarification")
    return refuse("unclear-activity", read.clarification.kind === "long" ? quotable(anew) : read.clarification.word, "20 strength");
  const [entry, another] = read.entries;
  if (!entry || another) return refuse("two-activities", quotable(anew), "20 strength");
  const said = createSession(entry, before.id, context);
  // The user may have chosen how a mixed session counts: that choice is kept while the activity is the same.
  const shares = said.activity === before.activity ? before.shares : said.shares;
  // The original owner is kept: unlinking must not depend on the account that made the correction.
  const { origin: _, ...anew_ } = said;
  const corrected: Session = { ...anew_, shares, loggedAt: before.loggedAt, ...(before.origin ? { origin: before.origin } : {}) };
  return editSession({ before, after: corrected }, (spoken) => sayCorrected(before, corrected, spoken), context);
}

/** Sets how a mixed session counts. */
export const count = command({
  name: "count",
  summary: "says how a mixed session counts",
  args: {
    session: oneWord("which session"),
    as: oneOf(
      "how it counts",
      new Map([
        ["strength", true],
        ["cardio", false],
      ]),
    ),
  },
  examples: ["/history"],
  isListed: false,
  prepare: ({ session: id, as }, context) =>
    withData({ session: sessionIdOf(id) }, ({ session: before }) => {
      if (!before || as === undefined) return gone();
      const counted: Session = { ...before, shares: as ? { strength: 1, aerobic: 0 } : { strength: 0, aerobic: 1 } };
      return editSession({ before, after: counted }, (spoken) => sayCounted(counted, spoken), context);
    }),
});

function gone(): Refusal {
  return refuse("no-such-session", "", "/history");
}

/** A session as text that `/log` parses. */
function asText(found: Session): string {
  return `${typedEntry(found)} ${found.day.toString()}${found.note ? ` "${found.note}"` : ""}`;
}
