/** I11 and I12: nobody is sent what they do not want, when they do not want it, or more than one thing a day. */

import { type Attempt, type Chronicle, rowsByKey, type Story, tell, went } from "./chronicle.ts";
import { askedAt, dayOn, isQuiet, type Journal, pauseOn } from "./journal.ts";
import { beganBefore, isSilentAt } from "./silence.ts";
import { dayText } from "./wall.ts";

/** The last word after three empty weeks. */
const lastWord = "I will be quiet now.";

/** What broke the rules of consent. */
export function checkConsent({ stories }: Chronicle): readonly string[] {
  return stories.flatMap((story) => [
    ...story.attempts.flatMap((attempt) => checkWish(story, attempt)),
    ...twoADay(story),
    ...afterClosed(story),
    ...afterLastWord(story),
  ]);
}

/** What the person had said for themselves when it was tried. */
function checkWish(story: Story, { at, key }: Attempt): readonly string[] {
  const { journal } = story;
  const asked = askedAt(journal, at);
  const [kind] = key.split(" ");
  const isOff = kind === "weekly" ? !asked.feedback : kind === "rest" ? !asked.rest : !asked.training;
  const rules: readonly (readonly [isBroken: boolean, rule: string, what: string])[] = [
    [asked.isStopped, "I11", "after stop"],
    [pauseOn(asked, dayOn(journal, at)) !== undefined, "I12", "during a pause"],
    [isOff, "I12", "of a kind that is off"],
    [isQuiet(asked, at), "I12", "in quiet hours"],
    [!journal.bouts.some((change) => change.at <= at), "I12", "to somebody who never logged"],
  ];
  return rules.flatMap(([isBroken, rule, what]) => (isBroken ? [tell(rule, story, at, `"${key}" was sent ${what}`)] : []));
}

/** Also of those of which nobody can tell: they may have come. */
function twoADay(story: Story): readonly string[] {
  const days = Map.groupBy(story.attempts.filter(went), ({ at }) => dayOn(story.journal, at));
  return [...days].flatMap(([day, attempts]) => {
    const other = attempts.find(({ key }) => key !== attempts[0]?.key);
    return other ? [tell("I12", story, other.at, `"${other.key}" was the second message on ${dayText(day)}`)] : [];
  });
}

/** Once a message was not let in, none is tried until the person says something. */
function afterClosed(story: Story): readonly string[] {
  const { attempts, journal } = story;
  return attempts.flatMap((attempt, index) => {
    const before = attempts[index - 1];
    if (before?.result !== "closed" || spoke(journal, before.at, attempt.at)) return [];
    return [tell("I12", story, attempt.at, `"${attempt.key}" was tried though messages had not reached them before`)];
  });
}

function spoke({ acts }: Journal, after: number, until: number): boolean {
  return acts.some((act) => after < act && act <= until);
}

/** After three empty weeks there is one last word, and then nothing until a log. */
function afterLastWord(story: Story): readonly string[] {
  const { attempts, journal } = story;
  const rows = rowsByKey(story);
  return attempts.flatMap((attempt, index) => {
    const { at, key, words } = attempt;
    const row = rows.get(key);
    const isLast = words.startsWith(lastWord);
    const isSilent = row?.kind === "weekly" && isSilentAt(journal, row.on, { at, since: beganBefore(story, row) });
    if (isLast !== isSilent)
      return [tell("I12", story, at, isLast ? "the last word to somebody who is not silent" : `"${key}" to somebody who is silent`)];
    const next = attempts.slice(index + 1).find((other) => other.key !== key);
    const isBack = !next || journal.bouts.some((change) => change.isIn && at < change.at && change.at <= next.at);
    return isLast && attempt.isShown && !isBack
      ? [tell("I12", story, next.at, `"${next.key}" was sent after the last word, without a log`)]
      : [];
  });
}
