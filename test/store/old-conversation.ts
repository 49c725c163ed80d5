/** What three people and a group said, of which every table keeps a row. */

import type { Address, GroupId, PlatformName } from "#core/lib/ids.ts";
import type { From, TestCoach } from "../support/coach.ts";

const ann: From = { name: "ann" };
const ben: From = { name: "ben" };
const dan: From = { name: "dan" };
const eve: From = { name: "eve" };
const manager: From = { ...ann, in: "crew", isManager: true };

const firstWeek: readonly (readonly [words: string, from: From])[] = [
  ["40 strength", ann],
  ['20 kettlebell hard yesterday "felt 💪"', ann],
  ["/plan 2x20 tue thu", ann],
  ["/settings over-65 on", ann],
  ["/group create Morning crew", manager],
  ["/group join", { ...ben, in: "crew" }],
  ["/group share minutes", { ...ben, in: "crew" }],
  ["30 strength", ben],
  ["/group cheer", { ...ben, in: "crew" }],
  ["/group code", manager],
  ["/group join", { ...dan, in: "crew" }],
];

const secondWeek: readonly (readonly [words: string, from: From])[] = [
  ["25 strength", ben],
  ["/settings band 30-90", ben],
  ["130 strength", dan],
  ["/week", dan],
  ["/group rest", { ...dan, in: "crew" }],
  ["35 bouldering", ann],
  ["/skip thu", ann],
  ["/link", ben],
  ["20 flurb", eve],
  ["/link ABCD-EFGH-JKMN", eve],
];

/** Says it all, over eight days, so that feedback and a round-up are sent between. */
export async function converse(coach: TestCoach): Promise<void> {
  coach.turnTo("2026-11-02T08:00:00Z");
  await coach.applyTimeZoneRules("2026a");
  for (const [words, from] of firstWeek) await coach.hear(words, from);
  const channel = { platform: "console" as PlatformName, address: "crew" as Address };
  const groupId = (await coach.store.findGroup({ channel }))?.group.id ?? ("none" as GroupId);
  const installation = { platform: "slack" as PlatformName, workspace: "T1", encryptedToken: "sealed" };
  await coach.store.commit([{ kind: "week-kept", week: { groupId, weekStart: Temporal.PlainDate.from("2026-10-26"), outcome: "good" } }]);
  await coach.store.commit([{ kind: "installation-saved", installation }]);
  await coach.travelTo("2026-11-10T09:00:00Z");
  for (const [words, from] of secondWeek) await coach.hear(words, from);
}

/** What the coach shows of it, and the files that it sends. */
export async function showAll(coach: TestCoach): Promise<readonly string[]> {
  const shown: string[] = [];
  const say = async (words: string, from: From): Promise<void> => void shown.push(await coach.hear(words, from));
  for (const from of [ann, ben, dan]) for (const words of ["/week", "/history", "/schedule", "/settings"]) await say(words, from);
  await say("/group board", manager);
  for (const from of [ann, ben, dan, eve]) await say("/export", from);
  await coach.run();
  shown.push(...coach.sent.map(({ reply }) => JSON.stringify(reply)));
  return shown;
}

/** What the coach answers when everybody takes back what they did last. */
export async function undoAll(coach: TestCoach): Promise<readonly string[]> {
  const shown: string[] = [];
  for (const from of [ann, ben, dan, eve]) for (const words of ["/undo", "/settings", "/week"]) shown.push(await coach.hear(words, from));
  return [...shown, await coach.hear("/group board", manager)];
}
