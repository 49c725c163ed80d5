/** The reply to a log. */

import type { Advice, AdviceFacts } from "#core/training/advice.ts";
import { goodRange, targetRangeOf } from "#core/training/dose.ts";
import { type Block, bold, text, type Meter } from "#core/model/reply.ts";
import { sayAdvice } from "./advice.ts";
import { dayName, list, sentence, sessionList, sessionName } from "#core/phrases.ts";

/** The headline, the logged sessions with the week's numbers, the next step if there is one, and the meter. */
export function sayLogged(advice: Advice, facts: AdviceFacts): readonly Block[] {
  const { headline, week, next } = sayAdvice(advice, facts);
  const lines = [text(bold(headline), ` ${sentence(logged(facts))}; ${week}.`)];
  return [...lines, ...(next === "" ? [] : [text(next)]), meterOf(facts)];
}

function logged({ logged, today }: AdviceFacts): string {
  const [first] = logged;
  const isOneDay = first !== undefined && logged.every(({ day }) => day.equals(first.day));
  return isOneDay ? `${list(logged.map(sessionName))} logged for ${dayName(first.day, today)}` : `${sessionList(logged, today)} logged`;
}

/** The week's strength minutes on the scale of good weeks, or of the user's own band. */
export function meterOf({ user, summary }: AdviceFacts): Meter {
  const { min, max } = targetRangeOf(user);
  return { kind: "meter", minutes: summary.dose.minutes, min, max, until: Math.max(goodRange.max + 1, max) };
}
