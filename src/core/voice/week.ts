/** The text of a week: headline, numbers, and the habit over several weeks. */

import { adviseOn, type AdviceFacts } from "#core/training/advice.ts";
import { aerobicGoal, aerobicZoneOf, doseOf, habitWeeks, targetRangeOf } from "#core/training/dose.ts";
import { evidence, guidelineOf, type ZoneId } from "#core/evidence/evidence.ts";
import { drawWeek } from "#core/pictures/draw.ts";
import { type Block, bold, text } from "#core/model/reply.ts";
import type { Trend } from "#core/training/streak.ts";
import { sayAdvice } from "./advice.ts";
import { meterOf } from "./log.ts";
import { indexInWeek } from "#core/lib/time.ts";
import { list, comparedWithRange, sentence, shortWeekday, numberWord } from "#core/phrases.ts";

const { caveats } = evidence.dose;

/** What the studies found at this average of weekly minutes, always with its certainty. */
const atHabit: Readonly<Record<ZoneId, string>> = {
  none: "In the studies the biggest step was from none to some.",
  start: `Already linked with lower risk than none. ${caveats.line}`,
  sweet: `That is where pooled studies saw the lowest risk. ${caveats.line}`,
  solid: `Still linked with lower risk than none in three cohorts. ${caveats.line}`,
  plateau: caveats.above_120,
  thin: caveats.above_150,
};

const balance = guidelineOf("who-older-balance").text;

/** Any week, with the streak and trend up to it. */
export function sayWeek(facts: AdviceFacts, streak: number, trend: Trend): readonly Block[] {
  const { headline, week, next } = sayAdvice(adviseOn(facts), facts);
  const lines = [text(bold(headline), ` ${sentence(week)}.`), ...(next === "" ? [] : [text(next)])];
  const elder = facts.user.over65 ? [text(balance)] : [];
  return [...lines, meterOf(facts), pictureOf(facts, trend), detailsOf(facts, streak, trend), ...habitOf(trend), ...elder];
}

/** The picture of a week. */
export function pictureOf({ user, today, summary }: AdviceFacts, trend: Trend): Block {
  return { kind: "picture", name: `week-${summary.week.from.toString()}`, svg: drawWeek({ user, today, summary, trend }) };
}

/** The picture's content as text, and more: minutes, spacing, cardio, streak, and earlier weeks. */
export function detailsOf({ user, today, summary }: AdviceFacts, streak: number, { weeks, average, direction }: Trend): Block {
  const { dose, aerobic } = summary;
  const inARow = summary.strengthDays.length > 2 ? ", some of them in a row" : ", in a row";
  const spacing = summary.strengthDays.length > 1 ? (summary.isConsecutive ? inARow : ", days apart") : "";
  const days = list(
    summary.days.filter(({ strength }) => strength > 0).map(({ weekday, strength }) => `${shortWeekday(weekday)} ${strength}`),
  );
  const cardio = summary.days.filter((day) => day.aerobic > 0).map(({ weekday }) => shortWeekday(weekday));
  const cardioDays = cardio.length > 0 ? `, on ${list(cardio)}` : "";
  const now = indexInWeek(summary.week, today);
  const rests = summary.days
    .filter((day, place) => day.strength === 0 && day.aerobic === 0 && place < now)
    .map(({ weekday }) => shortWeekday(weekday));
  // With a band of the user's own, our zone is not named.
  const zone = user.band ? "" : ` (${dose.zone.name})`;
  const change = { more: "; a little more lately", less: "; a little less lately", level: "; steady" }[direction ?? "level"];
  return {
    kind: "facts",
    facts: [
      { label: "Strength", value: `${comparedWithRange(dose.minutes, targetRangeOf(user))}${zone}` },
      { label: "Strength days", value: days === "" ? "none" : `${days} min${spacing}` },
      {
        label: "Cardio",
        value: `${comparedWithRange(aerobic, aerobicGoal)} (${aerobicZoneOf(aerobic).name})${cardioDays}; a vigorous minute counts as two`,
      },
      ...(rests.length > 0 ? [{ label: "Rest days", value: rests.length === 7 ? "all seven" : list(rests) }] : []),
      ...(streak > 0 ? [{ label: "Good weeks in a row", value: String(streak) }] : []),
      ...(weeks.length > 0 ? [{ label: "Weeks before", value: `${weeks.join(", ")} min${direction ? change : ""}` }] : []),
      ...(average === undefined ? [] : [{ label: "Their average", value: `${average} min` }]),
    ],
  };
}

/** What the studies found at the user's average. Empty until there are enough weeks for a habit. */
export function habitOf({ average }: Trend): readonly Block[] {
  if (average === undefined) return [];
  return [text(bold(`${sentence(numberWord(habitWeeks))} weeks at about ${average} min.`), ` ${atHabit[doseOf(average).zone.id]}`)];
}
