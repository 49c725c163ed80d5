import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boardOf } from "#core/groups/board.ts";
import { goodRange } from "#core/training/dose.ts";
import { type LoggedMinutes, type GroupSnapshot, type RosterEntry, shares } from "#core/model/group.ts";
import { drawGroup } from "#core/pictures/group.ts";
import { weekAfter, weekOf } from "#core/lib/time.ts";
import { sayRoundUp } from "#core/voice/round-up.ts";
import { aBout, aCrew, aGroup, aSeat } from "../../support/groups.ts";

const group = aGroup();
const week = weekOf(Temporal.PlainDate.from("2026-11-23"), 1);
const names = ["Ana", "Ben", "Chi", "Dana", "Eli"] as const;

const seat = (name: string): fc.Arbitrary<RosterEntry> =>
  fc
    .record({ share: fc.constantFrom(...shares), rests: fc.boolean(), isStopped: fc.boolean() })
    .map(({ share, rests, isStopped }) => aSeat(name, { share, restsOn: rests ? week.from : undefined }, { isStopped }));

const bout: fc.Arbitrary<LoggedMinutes> = fc
  .record({ name: fc.constantFrom(...names), ago: fc.integer({ min: 0, max: 41 }), strength: fc.integer({ min: 0, max: 160 }) })
  .map(({ name, ago, strength }) => aBout(name, week.until.subtract({ days: 1 + ago }).toString(), strength));

/** What a store gives: bouts of those alone who share at least how their weeks stand. */
const crew: fc.Arbitrary<GroupSnapshot> = fc
  .tuple(fc.tuple(...names.map(seat)), fc.array(bout, { maxLength: 30 }))
  .map(([roster, loggedMinutes]) => {
    const sharing = new Set(roster.filter(({ member }) => member.share !== "membership").map(({ member }) => member.userId));
    return aCrew(
      roster,
      loggedMinutes.filter(({ userId }) => sharing.has(userId)),
    );
  });

const board = (of: GroupSnapshot) => boardOf(group, of, week, week.until);

/** One member, and more minutes of theirs in one of the last six weeks. */
const more = fc.record({
  who: fc.nat(names.length - 1),
  weeks: fc.integer({ min: 0, max: 5 }),
  strength: fc.integer({ min: 1, max: 600 }),
});

function withMore(
  of: GroupSnapshot,
  { who, weeks, strength }: { readonly who: number; readonly weeks: number; readonly strength: number },
): GroupSnapshot {
  const name = names[who] ?? "";
  const day = weekAfter(week, -weeks).from.add({ days: 2 });
  return { ...of, loggedMinutes: [...of.loggedMinutes, aBout(name, day.toString(), strength)] };
}

function minutesIn(of: GroupSnapshot, who: number, weeks: number): number {
  const { from, until } = weekAfter(week, -weeks);
  return of.loggedMinutes
    .filter(
      ({ userId, day }) => userId === names[who]?.toLowerCase() && day.toString() >= from.toString() && day.toString() < until.toString(),
    )
    .reduce((sum, { strength }) => sum + strength, 0);
}

describe("more minutes", () => {
  test("never move anybody on a board, in a round-up or on the picture", () => {
    fc.assert(
      fc.property(crew, more, (of, extra) => {
        const [before, after] = [board(of), board(withMore(of, extra))];
        expect(after.rows.map(({ name }) => name)).toEqual(before.rows.map(({ name }) => name));
        const order = [...drawGroup(after).matchAll(/>(Ana|Ben|Chi|Dana|Eli)</g)].map(([, name]) => name);
        expect(order).toEqual([...names]);
      }),
    );
  });

  test("than a good week begins with never raise anybody's score, the group's, or its streak", () => {
    fc.assert(
      fc.property(crew, more, (of, extra) => {
        fc.pre(minutesIn(of, extra.who, extra.weeks) >= goodRange.min && of.roster[extra.who]?.member.share !== "membership");
        const [before, after] = [board(of), board(withMore(of, extra))];
        const scores = ({ rows }: typeof before): readonly number[] => rows.map(({ status }) => (status === "good" ? 1 : 0));
        for (const [index, score] of scores(after).entries()) expect(score).toBeLessThanOrEqual(scores(before)[index] ?? 0);
        expect(after.streak).toBeLessThanOrEqual(before.streak);
        const worth = { good: 1, short: 0, quiet: 0 };
        expect(worth[after.outcome]).toBeLessThanOrEqual(worth[before.outcome]);
      }),
      { numRuns: 1000 },
    );
  });

  test("within a good week change nothing that a round-up says or shows", () => {
    const good = fc.integer({ min: goodRange.min, max: goodRange.max });
    fc.assert(
      fc.property(crew, fc.nat(names.length - 1), good, good, (of, who, one, other) => {
        const name = names[who] ?? "";
        const others = of.loggedMinutes.filter(({ userId }) => userId !== name.toLowerCase());
        const said = [one, other].map((strength) =>
          sayRoundUp(board({ ...of, loggedMinutes: [...others, aBout(name, "2026-11-25", strength)] }), true),
        );
        expect(said[0]).toEqual(said[1]);
      }),
    );
  });
});
