/** What is said of a week: the headline, the week's numbers, and the habit behind it. */

import { adviseOn, type Facts } from "../advice.ts";
import { aerobicGoal, aerobicZoneOf, doseOf, habitWeeks } from "../dose.ts";
import { evidence, guidelineOf, type ZoneId } from "../evidence.ts";
import { type Block, bold, text } from "../reply.ts";
import type { Trend } from "../streak.ts";
import { sayAdvice } from "./advice.ts";
import { meterOf } from "./log.ts";
import { list, markOf, ofRange, sentence, shortWeekday } from "./phrases.ts";

const { caveats } = evidence.dose;

/** What the studies saw at an average of that many minutes, with its certainty in the same breath. */
const atHabit: Readonly<Record<ZoneId, string>> = {
  none: "In the studies the biggest step was from none to some.",
  start: `Already linked with lower risk than none. ${caveats.line}`,
  sweet: `That is where pooled studies saw the lowest risk. ${caveats.line}`,
  solid: `Still linked with lower risk than none in three cohorts. ${caveats.line}`,
  plateau: caveats.above_120,
  thin: caveats.above_150,
};

const balance = guidelineOf("who-older-balance").text;

/** A whole week, this one or another, with the streak and trend up to it. */
export function sayWeek(facts: Facts, streak: number, trend: Trend): readonly Block[] {
  const { headline, week, next } = sayAdvice(adviseOn(facts), facts);
  const lines = [text(bold(headline), ` ${sentence(week)}.`), ...(next === "" ? [] : [text(next)])];
  return [...lines, meterOf(facts), factsOf(facts, streak, trend), ...habit(trend), ...(facts.user.over65 ? [text(balance)] : [])];
}

function factsOf({ user, summary }: Facts, streak: number, { weeks, direction }: Trend): Block {
  const { dose, aerobic } = summary;
  const inARow = summary.strengthDays.length > 2 ? ", some of them in a row" : ", in a row";
  const spacing = summary.strengthDays.length > 1 ? (summary.isConsecutive ? inARow : ", days apart") : "";
  const days = list(summary.strengthDays.map(shortWeekday));
  // A person's own band comes before our zones: the two are not said in one breath.
  const zone = user.band ? "" : ` (${dose.zone.name})`;
  const change = { more: "; a little more lately", less: "; a little less lately", level: "; steady" }[direction ?? "level"];
  return {
    kind: "facts",
    facts: [
      { label: "Strength", value: `${ofRange(dose.minutes, markOf(user))}${zone}` },
      { label: "Strength days", value: days === "" ? "none yet" : `${days}${spacing}` },
      { label: "Cardio", value: `${ofRange(aerobic, aerobicGoal)} (${aerobicZoneOf(aerobic).name}); a vigorous minute counts as two` },
      ...(streak > 0 ? [{ label: "Good weeks in a row", value: String(streak) }] : []),
      ...(weeks.length > 0 ? [{ label: "Weeks before", value: `${weeks.join(", ")} min${direction ? change : ""}` }] : []),
    ],
  };
}

function habit({ average }: Trend): readonly Block[] {
  if (average === undefined) return [];
  return [text(bold(`${sentence(countWord(habitWeeks))} weeks at about ${average} min.`), ` ${atHabit[doseOf(average).zone.id]}`)];
}

function countWord(count: number): string {
  return (
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"][count] ?? String(count)
  );
}
