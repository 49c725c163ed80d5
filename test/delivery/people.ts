/** People to whom a lot is due at once, and what must become of each thing. */

import type { Address, MessageId } from "#core/lib/ids.ts";
import type { FinalState, EndReason } from "#core/model/outbox-message.ts";
import type { PromptKind } from "#core/model/prompt.ts";
import { plainText } from "#core/model/reply.ts";
import { type Coach, createCoach } from "#src/app/coach.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import { homeZone, logTo, platform } from "./process.ts";

/** What becomes of something, when nothing goes wrong. */
export type Expected = { readonly kind: PromptKind; readonly end: FinalState; readonly why?: EndReason; readonly words?: string };

/** Somebody, by the name of their account. */
export type Person = { readonly name: string; readonly ends: readonly Expected[]; readonly prompts: readonly PromptKind[] };

/** A Sunday noon on which everybody logs something, and the Monday noon on which it is all due. */
const sunday = Temporal.Instant.from("2026-11-29T12:00:00Z");
/** When the first process starts. Nothing else falls due within two hours. */
export const monday = "2026-11-30T12:00:00Z";

type Group = {
  readonly says: readonly string[];
  readonly ends: (minutes: number) => readonly Expected[];
  readonly prompts: readonly PromptKind[];
};

const weekly = (minutes: number): Expected => ({ kind: "weekly", end: "sent", words: `Last week ${minutes} of 40–60 min.` });
const rest = (minutes: number): Expected => ({ kind: "rest", end: "sent", words: `${minutes} min strength yesterday.` });

const groups: readonly [Group, ...Group[]] = [
  { says: [], ends: (minutes) => [weekly(minutes), { kind: "rest", end: "suppressed", why: "one-a-day" }], prompts: ["weekly", "rest"] },
  {
    says: ["/settings time zone London", "/settings feedback thursday 08:00"],
    ends: (minutes) => [rest(minutes)],
    prompts: ["weekly", "rest"],
  },
  {
    says: ["/settings time zone Singapore", "/plan 2x20 mon thu", "/settings training nudges on", "/settings feedback thursday 08:00"],
    ends: () => [{ kind: "training", end: "sent", words: "Monday is one of your days. 20 min this evening would bring you to 20." }],
    prompts: ["weekly", "rest", "training"],
  },
  { says: ["/settings time zone Nairobi", "/settings nudges off"], ends: (minutes) => [weekly(minutes)], prompts: ["weekly"] },
  { says: ["/settings time zone Sao Paulo", "/settings feedback off"], ends: (minutes) => [rest(minutes)], prompts: ["weekly", "rest"] },
  {
    says: ["/pause 2w"],
    ends: () => [
      { kind: "weekly", end: "suppressed", why: "paused" },
      { kind: "rest", end: "suppressed", why: "paused" },
    ],
    prompts: ["weekly", "rest"],
  },
  { says: ["/settings nudges off", "/stop"], ends: () => [{ kind: "weekly", end: "suppressed", why: "stopped" }], prompts: [] },
];

/** Which group is how frequent among ten. */
const mix = [0, 1, 2, 3, 0, 1, 2, 4, 5, 6];

/** Makes the database at `path`, in which so many people have logged something. */
export async function prepare(path: string, count: number): Promise<readonly Person[]> {
  const { store } = openSqlite({ path, synchronous: "NORMAL" });
  const trouble: string[] = [];
  let ids = 0;
  const coach = createCoach({
    store,
    clock: { now: () => sunday },
    log: logTo((event) => trouble.push(event)),
    freshId: () => `id-${String((ids += 1)).padStart(5, "0")}`,
    timeZone: homeZone,
    jitter: 0,
  });
  await coach.applyTimeZoneRules(process.versions["tz"] ?? "unknown");
  const people = Array.from({ length: count }, (_, index) => ({ index, name: `person ${index}`, group: groupOf(index) }));
  for (const { index, name, group } of people)
    for (const words of [`${minutesOf(index)} strength`, ...group.says]) await hear(coach, name, words);
  await store.close();
  if (trouble.length > 0) throw new Error(`Prepare people: ${trouble.join(", ")}`);
  return people.map(({ index, name, group: { ends, prompts } }) => ({ name, ends: ends(minutesOf(index)), prompts }));
}

function groupOf(index: number): Group {
  return groups[mix[index % mix.length] ?? 0] ?? groups[0];
}

/** Neighbours have other numbers, so that nobody's message is taken for another's. */
function minutesOf(index: number): number {
  return 10 + (index % 20);
}

/** What is answered to somebody, in words. */
export async function hear({ handle }: Coach, name: string, text: string): Promise<string> {
  const account = { platform, id: name, name };
  const source = `${name} ${text}` as MessageId;
  const reply = await handle({ source, account, surface: { platform, address: name as Address, reach: "direct" }, text });
  return plainText(reply ?? { blocks: [] });
}
