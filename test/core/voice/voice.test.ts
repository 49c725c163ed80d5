import { describe, expect, test } from "vitest";
import { adviseOn, type AdviceFacts } from "#core/training/advice.ts";
import type { ActivityId, Minutes, SessionId } from "#core/lib/ids.ts";
import { commands } from "#core/commands/index.ts";
import { evidence, type Intensity } from "#core/evidence/evidence.ts";
import type { RefusalKind } from "#core/model/refusal.ts";
import { type Block, plainText } from "#core/model/reply.ts";
import type { Session, Split } from "#core/model/session.ts";
import { settings } from "#core/commands/settings/parse-settings.ts";
import { type Trend, trendOf, pastWeeks } from "#core/training/streak.ts";
import { type Weekday, weekOf } from "#core/lib/time.ts";
import { sayCommandHelp, sayHelp, sayWelcome } from "#core/voice/help.ts";
import { sayLogged } from "#core/voice/log.ts";
import { sayClarification, sayDropped } from "#core/voice/question.ts";
import { sayRefusal } from "#core/voice/refusal.ts";
import { sayNoPlan, sayPlan } from "#core/voice/plan.ts";
import { sayChanged, saySetting, saySettings } from "#core/voice/settings.ts";
import { sayNotRecording, sayTrouble } from "#core/voice/trouble.ts";
import { sayWeek } from "#core/voice/week.ts";
import { summarize } from "#core/training/week-summary.ts";
import { aSession, aUser } from "../../support/builders.ts";
import { expectHeld, forbidden, withoutCaveats } from "../../support/never-say.ts";

const { caveats, zones } = evidence.dose;

const today = Temporal.PlainDate.from("2026-11-25");
const strength: Split = { strength: 1, aerobic: 0 };

function session(index: number, minutes: number, ago: number, over: Partial<Session> = {}): Session {
  return aSession({
    id: `session-${index}` as SessionId,
    minutes: minutes as Minutes,
    shares: strength,
    day: today.subtract({ days: ago }),
    ...over,
  });
}

/** A week of `total` strength minutes on the days that lie `ago` days back, of which the last session was logged just now. */
function factsOf(total: number, ago: readonly number[], over: Partial<AdviceFacts> = {}): AdviceFacts {
  const share = Math.floor(total / ago.length);
  const sessions =
    total === 0 ? [] : ago.map((days, index) => session(index, index === 0 ? total - share * (ago.length - 1) : share, days));
  const user = aUser();
  const logged = sessions.slice(-1);
  return {
    user,
    today,
    summary: summarize(sessions, weekOf(today, 1)),
    logged,
    isSecondDay: ago.includes(0) && ago.includes(1),
    isFirstLog: false,
    ...over,
  };
}

const boundaries = zones.list.flatMap(({ min, max }) => [min, min + 1, max ?? min + 200]);
const minutes = [...new Set([...boundaries, zones.scored_as_good.range[0], zones.scored_as_good.range[0] - 1, 10, 305])];
const spacings = [[0], [1], [2, 0], [1, 0], [2, 1, 0]];
const users = [
  aUser(),
  aUser({ told: ["plateau", "thin"] }),
  aUser({ over65: true, plan: { days: [2, 5] as readonly Weekday[], minutes: 20 as Minutes } }),
  aUser({ band: { min: 60, max: 120, setOn: Temporal.PlainDate.from("2026-10-03") } }),
];
const settingsOfWeeks = spacings.flatMap((ago) => users.map((user) => ({ ago, user })));
const kinds: readonly {
  readonly shares: Split;
  readonly intensity: Intensity;
  readonly activity: ActivityId;
  readonly minutes: number;
}[] = [
  { shares: { strength: 0, aerobic: 1 }, intensity: "moderate", activity: "walk" as ActivityId, minutes: 30 },
  { shares: { strength: 0, aerobic: 1 }, intensity: "moderate", activity: "hike" as ActivityId, minutes: 200 },
  { shares: { strength: 0, aerobic: 1 }, intensity: "vigorous", activity: "run" as ActivityId, minutes: 320 },
  { shares: { strength: 0, aerobic: 0 }, intensity: "light", activity: "yoga" as ActivityId, minutes: 30 },
  { shares: { strength: 0.5, aerobic: 0.5 }, intensity: "vigorous", activity: "crossfit" as ActivityId, minutes: 41 },
  { shares: { strength: 0.5, aerobic: 0 }, intensity: "light", activity: "pilates" as ActivityId, minutes: 30 },
];

/** Eight whole weeks of `weekly` minutes before this one. */
function trendAt(weekly: readonly number[]): Trend {
  const sessions = weekly.map((sum, index) => session(index, sum, 7 * (weekly.length - index)));
  return trendOf(pastWeeks(sessions, weekOf(today, 1), 1));
}

describe("every sentence obeys the evidence", () => {
  test.each(minutes)("after a log in a week of %i minutes", (total) => {
    for (const { ago, user } of settingsOfWeeks) {
      for (const isFirstLog of [true, false]) {
        const facts = factsOf(total, ago, { user, isFirstLog });
        expectHeld(plainText({ blocks: sayLogged(adviseOn(facts), facts) }));
      }
    }
  });

  test.each(minutes)("in a look at a week of %i minutes, this one and one that is over", (total) => {
    for (const { ago, user } of settingsOfWeeks) {
      for (const day of [today, today.add({ days: 7 })]) {
        const facts = { ...factsOf(total, ago, { user, logged: [] }), today: day, isSecondDay: false };
        expectHeld(plainText({ blocks: sayWeek(facts, 3, trendAt([])) }));
      }
    }
  });

  test.each([0, 20, 34, 50, 60, 90, 119, 120, 149, 150, 300])("with a habit of %i minutes a week", (habit) => {
    const facts = factsOf(40, [0], { logged: [] });
    for (const change of [0, 30, -30]) {
      const weekly = [0, 0, 0, 0, change, change, change, change].map((add) => Math.max(0, habit + add));
      const said = plainText({ blocks: sayWeek(facts, 1, trendAt(weekly)) });
      expectHeld(said);
      expect(said).toContain(`Eight weeks at about ${Math.round(weekly.reduce((a, b) => a + b) / 8)} min.`);
    }
  });

  test("for every kind of session, on top of every dose", () => {
    for (const total of minutes) {
      for (const { minutes: length, ...kind } of kinds) {
        const before = total === 0 ? [] : [session(1, Math.min(total, 600), 2)];
        const added = session(2, length, 0, kind);
        const summary = summarize([...before, added], weekOf(today, 1));
        const facts: AdviceFacts = { user: aUser(), today, summary, logged: [added], isSecondDay: false, isFirstLog: total === 0 };
        expectHeld(plainText({ blocks: sayLogged(adviseOn(facts), facts) }));
      }
    }
  });

  test("in refusals, questions, settings, plans, help and trouble", () => {
    const user = aUser();
    const blocks: readonly Block[] = [
      ...refusals.map((kind) => sayRefusal({ kind, said: "those words", example: "/log 20 strength" })),
      ...["rest", "sauna", "meditation", "sick"].map((said) => sayRefusal({ kind: "not-training", said, example: "/log 20 strength" })),
      sayClarification({ kind: "unknown", word: "flurb" }),
      ...evidence.activities.ambiguous.map((term) => sayClarification({ kind: "ambiguous", word: term.term, term, options: [] })),
      sayDropped(),
      saySettings(),
      ...settings.map((setting) => saySetting(setting.name, { ...setting, value: setting.show(user) })),
      sayChanged("time zone", aUser(), "Europe/Berlin", Temporal.PlainDateTime.from("2026-11-25T08:00")),
      ...[10, 20, 30, 65, 80].map((length) => sayPlan(aUser({ plan: { days: [1, 2], minutes: length as Minutes } }), today, true)),
      sayNoPlan(),
      ...sayHelp(commands),
      ...commands.flatMap(sayCommandHelp),
      sayWelcome(user),
      sayTrouble("reference"),
      sayNotRecording("reference"),
    ];
    for (const block of blocks) expectHeld(plainText({ blocks: [block] }));
  });
});

const refusals: readonly RefusalKind[] = [
  ...(["empty", "too-long", "ill-formed", "unknown-command", "no-time", "no-activity", "two-times", "two-activities", "two-days"] as const),
  ...(["fraction", "minutes-range", "day-full", "no-such-day", "two-readings", "future", "too-old", "unknown-words", "long-note"] as const),
  ...(["bad-value", "bad-setting", "bad-plan", "extra-words", "no-such-session", "stale-question", "stale-undo"] as const),
  ...(["nothing-to-undo", "unclear-activity"] as const),
];

test("the list of what is never said is the data's own", () => {
  expect(forbidden.map(([never]) => never).slice(0, -1)).toEqual(caveats.never_say);
});

test.each([
  "150 minutes is worse than nothing",
  "You are shortening your life",
  "You have to cut 20 minutes",
  "Your risk falls by 17%",
  "You missed a week",
  "This protects your heart",
  "It is safe for you",
  "Great, more than last week",
  "You should rest!",
])("the net catches %j", (said) => {
  expect(() => expectHeld(said)).toThrow("never say");
});

test("a log is answered in at most forty words beside the caveats", () => {
  for (const total of minutes) {
    const facts = factsOf(total, [2, 0]);
    const words = withoutCaveats(plainText({ blocks: sayLogged(adviseOn(facts), facts) })).split(/\s+/);
    expect(words.length, words.join(" ")).toBeLessThanOrEqual(42);
  }
});
