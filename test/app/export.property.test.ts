/** What was exported, forgotten and read in again is the same history, the same weeks and the same streak. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { exportAsJson, sessionsAsCsv } from "#core/data/export.ts";
import { activityOf } from "#core/evidence/activities.ts";
import type { ActivityId, Minutes, SessionId } from "#core/lib/ids.ts";
import { evidence } from "#core/evidence/evidence.ts";
import type { Session } from "#core/model/session.ts";
import type { User } from "#core/model/user.ts";
import { account, aReader } from "../support/reader.ts";

const today = Temporal.PlainDate.from("2026-11-25");
const ids = evidence.activities.activities.map(({ id }) => id);

type Drawn = Pick<Session, "activity" | "minutes" | "intensity" | "day"> & { readonly note: string | undefined; readonly isHalf: boolean };

const drawn: fc.Arbitrary<Drawn> = fc.record({
  activity: fc.constantFrom(...ids),
  minutes: fc.integer({ min: 1, max: 60 }).map((minutes) => minutes as Minutes),
  intensity: fc.constantFrom("light", "moderate", "vigorous"),
  day: fc.nat(150).map((ago) => today.subtract({ days: ago })),
  note: fc.option(fc.constantFrom("felt easy", "=1+1", "שלום 💪", 'a "quoted", one', "-5", "@x"), { nil: undefined }),
  isHalf: fc.boolean(),
});

const settings: fc.Arbitrary<Partial<User>> = fc.record({
  firstDay: fc.constantFrom(1, 6, 7),
  pauses: fc.constantFrom([], [{ from: today.subtract({ days: 40 }), until: today.subtract({ days: 20 }) }]),
  band: fc.constantFrom(undefined, { min: 60, max: 120, setOn: today.subtract({ days: 9 }) }),
  over65: fc.boolean(),
  words: fc.constantFrom({}, { flurb: "strength" as ActivityId }),
  quietHours: fc.constantFrom(undefined, { from: Temporal.PlainTime.from("21:00"), until: Temporal.PlainTime.from("06:30") }),
});

async function views(say: (text: string) => Promise<string>): Promise<readonly string[]> {
  const texts = ["/week", "/week last", "/history", "/history page 2", "/settings", "/settings band", "/settings first day", "/plan"];
  const seen: string[] = [];
  for (const text of texts) seen.push(await say(text));
  return seen;
}

test("export, forget and import on somebody new: the same history, week and streak", { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(drawn, { minLength: 1, maxLength: 25 }), settings, async (sessions, changed) => {
      const { say, press, send, store, logged } = aReader();
      await say("/settings nudges off");
      const found = await store.findUser(account("ann"));
      if (!found) throw new Error("Meet ann: she must be known");
      const user: User = { ...found.user, ...changed };
      const rows = sessions.map(({ isHalf, note, ...one }, index): Session => {
        const shares = isHalf ? { strength: 0.5, aerobic: 0.5 } : activityOf(one.activity).suggested_split;
        const loggedAt = user.joinedAt.add({ seconds: index });
        return { ...one, id: `s-${index}` as SessionId, userId: user.id, shares, loggedAt, ...(note ? { note } : {}) };
      });
      await store.commit([{ kind: "user-saved", user }, ...rows.map((session) => ({ kind: "session-logged", session }) as const)]);
      const before = await views(say);
      const userData = await store.userData(user.id);
      const file = userData ? exportAsJson(userData, user.joinedAt) : "";
      await say("/forget");
      await press("Delete everything");
      expect(await say("/history")).toContain("No sessions yet.");
      expect(await send(file)).toContain(`${rows.length} new session`);
      expect(await press("Import")).toContain("your settings are as they were");
      expect(await views(say)).toEqual(before);
      // Read in once more, all of it is known.
      expect(await send(file)).toContain("Nothing new in that file.");
      expect(logged).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

test("the CSV alone brings back every session, as it counted", { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(drawn, { minLength: 1, maxLength: 15 }), async (sessions) => {
      const { say, press, send, store } = aReader();
      await say("/settings nudges off");
      const found = await store.findUser(account("ann"));
      if (!found) throw new Error("Meet ann: she must be known");
      const rows = sessions.map(({ isHalf, note, ...one }, index): Session => {
        const shares = isHalf ? { strength: 0.5, aerobic: 0.5 } : activityOf(one.activity).suggested_split;
        const loggedAt = found.user.joinedAt.add({ seconds: index });
        return { ...one, id: `s-${index}` as SessionId, userId: found.user.id, shares, loggedAt, ...(note ? { note } : {}) };
      });
      await send(sessionsAsCsv(rows));
      await press("Import");
      const days = { from: today.subtract({ years: 1 }), until: today.add({ days: 1 }) };
      const read = await store.sessions(found.user.id, days);
      const plain = (session: Session): unknown => ({ ...session, batch: undefined, origin: undefined });
      const byId = (one: Session, other: Session): number => (one.id < other.id ? -1 : 1);
      expect(read.toSorted(byId).map(plain)).toEqual(rows.toSorted(byId).map(plain));
    }),
    { numRuns: 100 },
  );
});
