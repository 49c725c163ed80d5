/** Whatever one person did, and whoever was around: `/undo` turns the last thing that they did and nothing else, or says that it leaves it. */

import { shares } from "#core/model/group.ts";
import type { PlatformName, UserId } from "#core/lib/ids.ts";
import type { Store } from "#src/ports/store.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createCrew, crew } from "../scenarios/group-fixtures.ts";
import type { From } from "../support/coach.ts";

const theirs = [
  "20 strength",
  "30 run yesterday, 10 walk",
  "200 strength mon",
  "20 frobnicating",
  "press:Strength",
  "press:Record nothing",
  "/week",
  "/history",
  "pick",
  "press:Remove",
  "/settings band 60-120",
  "/settings nudges off",
  "/settings first day sunday",
  "/settings time zone Asia/Tokyo",
  "/plan 2x20 tue fri",
  "/plan off",
  "/skip tue",
  "/pause 2w",
  "/resume",
  "stop",
  "/link here",
  "/link",
  "/export",
  "/import drop",
  "/group join",
  "/group leave",
  "/group share membership",
  "/group share status",
  "/group share minutes",
  "/group rest",
  "/group cheer",
  "/undo",
  "chest pain while lifting",
] as const;

const others = ["30 strength", "/group share minutes", "/group settings name Evening crew", "/group code", "/group leave", "end"] as const;

const step = fc.oneof(
  { arbitrary: fc.record({ who: fc.constant("ben" as const), says: fc.constantFrom(...theirs) }), weight: 5 },
  { arbitrary: fc.record({ who: fc.constant("ann" as const), says: fc.constantFrom(...others) }), weight: 1 },
);

const left = /can't be taken back|takes another step|to take back|Something else came|There is nothing to take back/;

type Owned = { readonly settings: string; readonly sessions: string; readonly seats: string; readonly shown: number };

async function ownedBy(store: Store, userId: UserId): Promise<Owned> {
  const all = await store.userData(userId);
  const { told: _, ...settings } = all?.user ?? { told: [] };
  const roster = all?.memberships.map(({ member: { groupId, share, restsOn } }) => ({ groupId, share, restsOn })) ?? [];
  return {
    settings: JSON.stringify(settings),
    sessions: JSON.stringify(all?.sessions),
    seats: JSON.stringify(roster),
    shown: roster.reduce((sum, { share }) => sum + 1 + shares.indexOf(share), 0),
  };
}

async function idOf(store: Store, name: string): Promise<UserId> {
  const found = await store.findUser({ platform: "console" as PlatformName, id: name, name });
  if (!found) throw new Error(`Find ${name}: they must have said something`);
  return found.user.id;
}

type Step = { readonly who: "ann" | "ben"; readonly says: string };

type World = { readonly coach: Awaited<ReturnType<typeof createCrew>>; readonly ann: UserId; readonly ben: UserId };

async function act({ coach }: World, who: "ann" | "ben", says: string): Promise<string> {
  const from: From = { name: who, in: crew, isManager: who === "ann" };
  if (says === "end") {
    await coach.hear("/group remove", from);
    return await coach.press("The whole group", undefined, from).catch(() => "");
  }
  if (says === "pick") {
    const list = (await coach.reply("/history", from))?.blocks.flatMap((block) => (block.kind === "choices" ? block.choices : [])) ?? [];
    return await coach.hear(list[0]?.says ?? "/week", from);
  }
  if (says.startsWith("press:")) return await coach.press(says.slice("press:".length), undefined, from).catch(() => "");
  return await coach.hear(says, from);
}

/** What was theirs around what is their last act, and whether that is taken back by now. */
type Last = { readonly before: Owned; readonly after: Owned; readonly isUndone: boolean };

/** Does `steps`; throws where something of Ben's changed that is no act of his. */
async function live(world: World, steps: readonly Step[], first: Last): Promise<Last> {
  const { store } = world.coach;
  let last = first;
  for (const { who, says } of steps) {
    const [before, previous] = [await ownedBy(store, world.ben), await store.findAct(world.ben)];
    await act(world, who, says);
    const [after, now] = [await ownedBy(store, world.ben), await store.findAct(world.ben)];
    if (now?.id !== previous?.id) last = { before, after, isUndone: false };
    else if (now) last = { ...last, isUndone: now.undone };
    if (who === "ben" && now?.id === previous?.id && now?.undone === previous?.undone && !isSame(before, after)) throw new Error(says);
  }
  return last;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What is wrong with one `/undo`: it may bring everything to `aim`, or leave everything and say so. */
function wrongWith({
  from,
  to,
  said,
  aim,
}: {
  readonly from: Owned;
  readonly to: Owned;
  readonly said: string;
  readonly aim: Owned;
}): string[] {
  const isDone = to.settings === aim.settings && to.sessions === aim.sessions && (from.seats === to.seats || to.seats === aim.seats);
  const isLeft = isSame(from, to) && left.test(said);
  return [
    ...(isDone || isLeft ? [] : [`neither done nor left: ${said}`]),
    ...(to.shown > from.shown ? [`shows more: ${said}`] : []),
    ...(said === "" ? ["silence"] : []),
  ];
}

test("undo turns the last act and nothing else, or says that it leaves it; said twice it is done again", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
      const coach = await createCrew(["ben"]);
      const world = { coach, ann: await idOf(coach.store, "ann"), ben: await idOf(coach.store, "ben") };
      await coach.hear("10 strength", { name: "ben" });
      const logged = await ownedBy(coach.store, world.ben);
      const none: Owned = { ...logged, sessions: "[]" };
      const last = await live(world, steps, { before: none, after: logged, isUndone: false });
      const [start, ann] = [await ownedBy(coach.store, world.ben), await ownedBy(coach.store, world.ann)];
      const once = await act(world, "ben", "/undo");
      const undone = await ownedBy(coach.store, world.ben);
      const again = await act(world, "ben", "/undo");
      const redone = await ownedBy(coach.store, world.ben);
      const [aim, back] = last.isUndone ? [last.after, last.before] : [last.before, last.after];
      const first = wrongWith({ from: start, to: undone, said: once, aim });
      const second = wrongWith({ from: undone, to: redone, said: again, aim: isSame(start, undone) && left.test(once) ? aim : back });
      expect([...first, ...second]).toEqual([]);
      expect(await ownedBy(coach.store, world.ann)).toEqual(ann);
    }),
    { numRuns: 300 },
  );
}, 240_000);
