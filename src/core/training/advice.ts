/** Advice on a week, by ordered rules: the first rule that applies wins. `voice/` words it. */

import { aerobicGoal, goodRange, vigorousPlateauMinutes, positionIn } from "./dose.ts";
import { isMixed, type Session } from "#core/model/session.ts";
import { indexInWeek, type Weekday } from "#core/lib/time.ts";
import type { CustomRange, User } from "#core/model/user.ts";
import type { WeekSummary } from "./week-summary.ts";

/** The input of the rules. */
export type AdviceFacts = {
  readonly user: User;
  readonly today: Temporal.PlainDate;
  /** The week that the advice is about. */
  readonly summary: WeekSummary;
  /** The sessions of the current log; empty when a week is only shown. */
  readonly logged: readonly Session[];
  /** Whether one of `logged` is strength on the day before or after another strength day. */
  readonly isSecondDay: boolean;
  readonly isFirstLog: boolean;
};

/** One piece of advice. */
export type Advice =
  | { readonly kind: "custom-range"; readonly position: "below" | "inside" | "above"; readonly band: CustomRange }
  | { readonly kind: "beyond" | "plateau"; readonly isFirst: boolean }
  | { readonly kind: "vigorous-plateau" | "cardio-goal" | "cardio" | "no-dose" }
  | { readonly kind: "second-day" | "mixed" | "first-log" }
  | { readonly kind: "sweet" | "solid" | "good" | "building" | "none" };

type Rule = (facts: AdviceFacts) => Advice | undefined;

const customRange: Rule = ({ user, summary }) =>
  user.band && { kind: "custom-range", position: positionIn(user.band, summary.dose.minutes), band: user.band };

const beyond: Rule = ({ user, summary: { dose } }) =>
  dose.zone.id === "thin" ? { kind: "beyond", isFirst: !user.told.includes("thin") } : undefined;

const plateau: Rule = ({ user, summary: { dose } }) =>
  dose.zone.id === "plateau" ? { kind: "plateau", isFirst: !user.told.includes("plateau") } : undefined;

const secondDay: Rule = ({ isSecondDay }) => (isSecondDay ? { kind: "second-day" } : undefined);

const mixed: Rule = ({ logged }) => (logged.some(isMixed) ? { kind: "mixed" } : undefined);

const firstLog: Rule = ({ isFirstLog, summary: { dose } }) =>
  isFirstLog && dose.minutes < goodRange.min ? { kind: "first-log" } : undefined;

/** Applies when none of the logged sessions is strength: cardio is acknowledged before strength is mentioned. */
const notStrength: Rule = ({ logged, summary }) => {
  if (logged.length === 0 || logged.some(({ shares }) => shares.strength > 0)) return undefined;
  if (logged.every(({ shares }) => shares.aerobic === 0)) return { kind: "no-dose" };
  if (summary.vigorous >= vigorousPlateauMinutes) return { kind: "vigorous-plateau" };
  return { kind: summary.aerobic >= aerobicGoal.min ? "cardio-goal" : "cardio" };
};

const byZone: Rule = ({ summary: { dose } }) => {
  if (dose.minutes === 0) return { kind: "none" };
  if (dose.zone.id === "sweet") return { kind: "sweet" };
  if (dose.zone.id === "start") return { kind: dose.isGood ? "good" : "building" };
  return { kind: "solid" };
};

const rules: readonly Rule[] = [notStrength, customRange, beyond, plateau, secondDay, mixed, firstLog, byZone];

/** The advice on the week in `facts`. */
export function adviseOn(facts: AdviceFacts): Advice {
  for (const rule of rules) {
    const advice = rule(facts);
    if (advice) return advice;
  }
  throw new Error("Advise on a week: the last rule must always speak");
}

/** The next planned training day of the week that is after today and has no strength yet. */
export function nextPlannedDay({ user, today, summary }: AdviceFacts): Weekday | undefined {
  const now = indexInWeek(summary.week, today);
  if (!user.plan || now < 0) return undefined;
  const ahead = summary.days.filter(({ strength }, place) => place > now && strength === 0);
  return ahead.map(({ weekday }) => weekday).find((weekday) => user.plan?.days.includes(weekday));
}
