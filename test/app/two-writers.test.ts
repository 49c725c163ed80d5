/** Two coaches over one store that read before either of them has written: what each was told is kept. */

import { expect, test } from "vitest";
import type { Address, PlatformName, MessageId } from "#core/lib/ids.ts";
import type { Change } from "#core/model/changes/index.ts";
import type { TimeZone } from "#core/lib/time.ts";
import type { Store } from "#src/ports/store.ts";
import { createMemoryStore } from "../support/model-store/store.ts";
import { createTestCoach, type From, type TestCoach } from "../support/coach.ts";

const anns = { platform: "console" as PlatformName, id: "ann", name: "ann" };

/** Two coaches, of which the second says something in the moment in which the first is about to write. */
function aPair(): {
  readonly one: TestCoach;
  readonly meanwhile: (text: string, from?: From) => void;
  readonly errors: () => readonly string[];
} {
  const store = createMemoryStore();
  let next: (() => Promise<unknown>) | undefined;
  const hasty: Store = {
    ...store,
    async commit(changes: readonly Change[]) {
      const act = next;
      next = undefined;
      await act?.();
      return await store.commit(changes);
    },
  };
  const [one, other] = [createTestCoach({ store: hasty }), createTestCoach({ store })];
  return {
    one,
    meanwhile: (text, from) => void (next = async () => await other.hear(text, { source: `other ${text}`, ...from })),
    errors: () => [...one.logged, ...other.logged].map(({ event }) => event),
  };
}

test.each([
  ["/settings quiet hours 01:00-05:00", "stop"],
  ["/settings band 60-120", "/settings nudges off"],
  ["/plan 2x20 tue fri", "/settings first day sunday"],
])("%s and %s at once are both kept", async (first, second) => {
  const { one, meanwhile, errors } = aPair();
  await one.hear("20 strength");
  const before = await one.store.findUser(anns);
  meanwhile(second);
  expect(await one.hear(first)).not.toBe("");
  const after = await one.store.findUser(anns);
  const changed = Object.entries(after?.user ?? {}).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(before?.user[key as "id"]),
  );
  expect(changed).toHaveLength(2);
  expect(errors()).toEqual([]);
});

test("a redelivery is answered by nobody, and what was decided again is answered once", async () => {
  const { one, meanwhile } = aPair();
  await one.hear("20 strength");
  meanwhile("stop");
  const answer = await one.hear("30 strength", { source: "s" });
  expect(answer).toContain("30 min strength logged");
  expect(await one.hear("30 strength", { source: "s" })).toBe("");
  expect(await one.hear("/week")).toContain("50 of 40–60 min");
});

test("what two managers set at once for a group is both kept", async () => {
  const { one, meanwhile } = aPair();
  const ann = { in: "crew", isManager: true };
  const bo = { ...ann, name: "bo" };
  await one.hear("/group create Morning crew", ann);
  await one.hear("/group join", bo);
  meanwhile("/group settings first day sunday", bo);
  await one.hear("/group settings check-in friday 12:00", ann);
  const settings = await one.hear("/group settings", ann);
  expect(settings).toContain("Sunday");
  expect(settings).toMatch(/Friday,? (?:at )?12:00|Friday 12:00/u);
});

test("what one shares and that one rests, said at once, is both kept", async () => {
  const { one, meanwhile } = aPair();
  await one.hear("/group create Morning crew", { in: "crew", isManager: true });
  meanwhile("/group rest", { in: "crew" });
  await one.hear("/group share minutes", { in: "crew" });
  const user = await one.store.findUser(anns);
  const [membership] = user ? await one.store.memberships(user.user.id) : [];
  expect(membership?.member).toMatchObject({ share: "minutes", restsOn: Temporal.PlainDate.from("2026-11-23") });
});

test("where somebody is moved to another time zone by their platform, what they set meanwhile stays", async () => {
  const { one, meanwhile } = aPair();
  const account = anns;
  const say = async (text: string, timeZone: string): Promise<void> =>
    void (await one.handle({
      source: text as MessageId,
      account: { ...account, timeZone: timeZone as TimeZone },
      surface: { platform: account.platform, address: "ann" as Address, reach: "direct" },
      text,
    }));
  await say("20 strength", "Europe/Berlin");
  meanwhile("stop");
  await say("/week", "Asia/Tokyo");
  const user = await one.store.findUser(account);
  expect([user?.user.timeZone, user?.user.isStopped]).toEqual(["Asia/Tokyo", true]);
});

test("a tick that read somebody's settings before they resumed takes nothing of theirs away", async () => {
  const { one, meanwhile } = aPair();
  await one.hear("20 strength");
  await one.hear("stop");
  one.turnTo("2026-11-30T10:00:00Z");
  meanwhile("/resume");
  await one.run();
  const user = await one.store.findUser(anns);
  expect(user?.isActive).toBe(true);
});
