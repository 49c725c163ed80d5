/** I8: while the platform is well, what is due is done within five minutes. */

import { attemptsByKey, type Chronicle, type Row, type Story, tell, went } from "./chronicle.ts";
import { askedAt, dayOn, openFrom } from "./journal.ts";
import { instantOf, minute } from "./wall.ts";

const patience = 5 * minute;

/** What broke the rule that nothing waits. */
export function checkProgress({ stories, stuck }: Chronicle): readonly string[] {
  const left = stuck
    .slice(0, 5)
    .map((at) => `I8 everybody at ${instantOf(at).toString()}: something was still due after all that was due was done`);
  return [...left, ...stories.flatMap(checkStory)];
}

function checkStory(story: Story): readonly string[] {
  const tries = attemptsByKey(story);
  return story.rows.flatMap((row) => {
    const [first] = tries.get(row.key) ?? [];
    const doneAt = first?.at ?? row.endedAt;
    if (doneAt === null || isInTime(story, row, doneAt)) return [];
    return [tell("I8", story, doneAt, `"${row.key}" was due ${Math.round((doneAt - row.dueAt) / minute)} min before`)];
  });
}

function isInTime({ journal, attempts }: Story, { dueAt, key, kind }: Row, doneAt: number): boolean {
  const asked = askedAt(journal, doneAt);
  const open = openFrom(asked, dueAt);
  if (doneAt >= dueAt && doneAt <= open + patience) return true;
  // Feedback whose day had another message waits for another day: by how long is the rule of the right time.
  const day = dayOn(journal, open);
  return (
    kind === "weekly" && attempts.some((one) => one.key !== key && went(one) && dayOn(journal, one.at) === day && one.at <= open + patience)
  );
}
