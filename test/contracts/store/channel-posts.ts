/** The contract of the `Store` port: what a group waits for, its posts, and what stands. */

import { expect, test } from "vitest";
import type { GroupId } from "#core/lib/ids.ts";
import type { Change } from "#core/model/changes/index.ts";
import { type ChannelMessage, createChannelMessage } from "#core/model/outbox-message.ts";
import type { GroupPrompt } from "#core/model/prompt.ts";
import type { Store } from "#src/ports/store.ts";
import { aChannel, aGroup, aMember, aPlace } from "../../support/groups.ts";
import { aDelivery, alex, aPrompt, at, day, here, queued, sam, set } from "./fixtures.ts";

const group = aGroup();
const other = aGroup({ id: "group-2" as GroupId });
const begun: readonly Change[] = [
  { kind: "group-saved", group },
  { kind: "group-saved", group: other },
];
const due: GroupPrompt = { groupId: group.id, kind: "round-up", dueAt: at("07:00"), weekStart: day("2026-11-16") };
const aPost = (over: Partial<ChannelMessage> = {}): ChannelMessage => ({ ...createChannelMessage(due, group, aChannel()), ...over });
const elsewhere = createChannelMessage({ ...due, groupId: other.id }, other, aChannel({ ref: aPlace("other") }));
const prompted = (prompt: GroupPrompt): Change => ({ kind: "group-prompt-set", prompt });
const outdated = (from: string, over: Partial<Extract<Change, { readonly kind: "board-invalidated" }>> = {}): Change => ({
  kind: "board-invalidated",
  groupId: group.id,
  from: day(from),
  at: at("12:00"),
  ...over,
});

/** A post as it was claimed once, went out, and stands. */
async function sent(store: Store, post: ChannelMessage): Promise<void> {
  await store.commit([queued(post)]);
  await store.claim(at("07:00"), at("07:30"), 10, here);
  const held = { key: post.key, fence: 1 };
  await store.commit([
    { kind: "delivery-sending", ...held, userId: undefined, sentOn: day("2026-11-23"), triedAt: at("07:01"), statedNumbers: undefined },
  ]);
  const stands = { messageId: "m1", contentHash: "abc", until: at("20:00") };
  await store.commit([{ kind: "delivery-ended", ...held, finalState: "sent", reason: undefined, at: at("07:02"), liveMessage: stands }]);
}

const keysOf = async (store: Store, now: string): Promise<readonly string[]> =>
  (await store.claim(at(now), at("23:00"), 10, here)).map(({ key }) => key);

/** What holds of what groups wait for. */
export function groupPrompts(store: () => Store): void {
  test("a group waits for what was set, moved and not dropped, the next first", async () => {
    const checkIn = { ...due, kind: "check-in", dueAt: at("06:00") } as const;
    await store().commit([...begun, prompted(due), prompted(checkIn), prompted({ ...due, groupId: other.id })]);
    expect(await store().groupPrompts(group.id)).toStrictEqual([checkIn, due]);
    const to = { ...due, dueAt: at("09:00"), weekStart: day("2026-11-23") };
    expect(await store().commit([{ kind: "group-prompt-moved", was: due, to }])).toBe("done");
    expect(await store().commit([{ kind: "group-prompt-moved", was: due, to }])).toBe("stale");
    expect(await store().commit([{ kind: "group-prompt-moved", was: { ...to, weekStart: due.weekStart }, to }])).toBe("stale");
    expect(await store().commit([{ kind: "group-prompt-dropped", groupId: group.id, prompt: "check-in" }])).toBe("done");
    expect(await store().commit([{ kind: "group-prompt-dropped", groupId: group.id, prompt: "check-in" }])).toBe("stale");
    expect(await store().groupPrompts(group.id)).toStrictEqual([to]);
  });

  test("dueGroups gives what is due now, the longest due first, with its group", async () => {
    const later = { ...due, groupId: other.id, dueAt: at("07:00:00.001") };
    await store().commit([...begun, prompted(later), prompted(due)]);
    expect(await store().dueGroups(at("06:59:59.999"), 10)).toEqual([]);
    expect(await store().dueGroups(at("07:00"), 10)).toStrictEqual([{ prompt: due, group, version: 0 }]);
    expect(await store().dueGroups(at("08:00"), 10)).toStrictEqual([
      { prompt: due, group, version: 0 },
      { prompt: later, group: other, version: 0 },
    ]);
    expect(await store().dueGroups(at("08:00"), 1)).toHaveLength(1);
  });

  test("what is due next may be a group's", async () => {
    await store().commit([...begun, prompted(due), set(aPrompt({ dueAt: at("07:30") }))]);
    expect(await store().nextAt()).toEqual(at("07:00"));
  });
}

/** What holds of posts and of what stands. */
export function posts(store: () => Store): void {
  test("a post is claimed with all that it has, beside deliveries, and is nobody's delivery", async () => {
    await store().commit([...begun, queued(aPost()), queued(aDelivery({ dueAt: at("06:00") }))]);
    expect(await store().commit([queued(aPost())])).toBe("stale");
    const claimed = { fence: 1, nextAt: at("07:30") };
    expect(await store().claim(at("07:00"), at("07:30"), 10, here)).toStrictEqual([
      { ...aDelivery({ dueAt: at("06:00") }), ...claimed },
      { ...aPost(), ...claimed },
    ]);
    expect((await store().deliveries(alex.id, 10)).map(({ kind }) => kind)).toEqual(["weekly"]);
  });

  test("many posts go out on one day of a group", async () => {
    const second = aPost({ key: elsewhere.key });
    await store().commit([...begun, queued(aPost()), queued(second)]);
    await store().claim(at("07:00"), at("07:30"), 10, here);
    for (const { key } of [aPost(), second]) {
      const going = { userId: undefined, sentOn: day("2026-11-23"), triedAt: at("07:01"), statedNumbers: undefined };
      expect(await store().commit([{ kind: "delivery-sending", key, fence: 1, ...going }])).toBe("done");
    }
  });

  test("what stands is looked at when it was said to be, and keeps its message", async () => {
    await store().commit(begun);
    await sent(store(), aPost());
    expect(await keysOf(store(), "19:59")).toEqual([]);
    const [post] = await store().claim(at("20:00"), at("20:30"), 10, here);
    expect(post).toMatchObject({ state: "sent", fence: 2, liveMessage: { messageId: "m1", contentHash: "abc" } });
  });

  test("what stands is not purged before it is left as it is, however old", async () => {
    await store().commit(begun);
    await sent(store(), aPost());
    const purge = { kind: "deliveries-purged", before: at("23:00"), limit: 10 } as const;
    expect(await store().commit([purge])).toBe("stale");
    await store().claim(at("20:00"), at("20:30"), 10, here);
    await store().commit([
      { kind: "delivery-updated", key: aPost().key, fence: 2, liveMessage: undefined, attempts: 0, nextAt: undefined },
    ]);
    expect(await store().commit([purge])).toBe("done");
  });

  test("delivery-updated keeps what it shows now, for whoever holds it", async () => {
    await store().commit(begun);
    await sent(store(), aPost());
    await store().claim(at("20:00"), at("20:30"), 10, here);
    const shown = (fence: number, text: string): Change => ({
      kind: "delivery-updated",
      key: aPost().key,
      fence,
      liveMessage: { messageId: "m1", contentHash: text },
      attempts: 3,
      nextAt: at("22:00"),
    });
    expect(await store().commit([shown(1, "old")])).toBe("stale");
    expect(await store().commit([shown(2, "new")])).toBe("done");
    const [post] = await store().claim(at("22:00"), at("22:30"), 10, here);
    expect(post).toMatchObject({ liveMessage: { messageId: "m1", contentHash: "new" }, attempts: 3 });
    await store().commit([
      { kind: "delivery-updated", key: aPost().key, fence: 3, liveMessage: undefined, attempts: 0, nextAt: undefined },
    ]);
    expect(await store().nextAt()).toBeUndefined();
    expect(await store().commit([outdated("2020-01-01")])).toBe("stale");
  });

  test("what was outdated while somebody looked at it stays so: what they saw is not written", async () => {
    await store().commit(begun);
    await sent(store(), aPost());
    await store().claim(at("20:00"), at("20:30"), 10, here);
    await store().commit([outdated("2026-11-16", { at: at("20:01") })]);
    const seen = {
      key: aPost().key,
      fence: 2,
      liveMessage: { messageId: "m1", contentHash: "too early" },
      attempts: 0,
      nextAt: at("22:00"),
    };
    expect(await store().commit([{ kind: "delivery-updated", ...seen }])).toBe("stale");
    const [post] = await store().claim(at("20:01"), at("20:31"), 10, here);
    expect(post).toMatchObject({ liveMessage: { messageId: "m1", contentHash: "abc" }, fence: 4 });
  });

  test("where it is not known what a message shows, it shows nothing that is known", async () => {
    await store().commit(begun);
    await sent(store(), aPost());
    await store().commit([outdated("2026-11-16", { isUnknown: true })]);
    const [post] = await store().claim(at("12:00"), at("12:30"), 10, here);
    expect(post).toMatchObject({ liveMessage: { messageId: "m1", contentHash: "" } });
  });

  test("delivery-updated touches nothing that was not sent", async () => {
    await store().commit([...begun, queued(aPost())]);
    await store().claim(at("07:00"), at("07:30"), 10, here);
    const change: Change = {
      kind: "delivery-updated",
      key: aPost().key,
      fence: 1,
      liveMessage: { messageId: "m", contentHash: "s" },
      attempts: 0,
      nextAt: undefined,
    };
    expect(await store().commit([change])).toBe("stale");
  });

  test.each([
    ["2000-01-01", true],
    ["2026-11-16", true],
    ["2026-11-22", true],
    ["2026-11-23", false],
  ])("what was changed from %s on outdates what stands of the week of the 16th: %s", async (from, isOutdated) => {
    await store().commit(begun);
    await sent(store(), aPost());
    expect(await store().commit([outdated(from)])).toBe(isOutdated ? "done" : "stale");
    expect(await keysOf(store(), "12:00")).toEqual(isOutdated ? [aPost().key] : []);
  });

  test("a board is outdated in one group, and those of a member in all of theirs", async () => {
    await store().commit(begun);
    const [one, two] = [aPost(), elsewhere];
    await sent(store(), one);
    await sent(store(), two);
    await store().commit([outdated("2026-11-16")]);
    expect(await keysOf(store(), "12:00")).toEqual([one.key]);
    const theirs = (user: typeof alex): Change => ({
      kind: "boards-invalidated",
      userId: user.id,
      from: day("2026-11-16"),
      at: at("12:00"),
    });
    expect(await store().commit([theirs(alex)])).toBe("stale");
    await store().commit([{ kind: "member-joined", member: aMember("Alex", { userId: alex.id, groupId: other.id }) }]);
    expect(await store().commit([theirs(sam)])).toBe("stale");
    expect(await store().commit([theirs(alex)])).toBe("done");
    expect(await keysOf(store(), "12:00")).toEqual([two.key]);
  });

  test("what never stood is not outdated", async () => {
    await store().commit([...begun, queued(aPost({ dueAt: at("18:00"), nextAt: at("18:00") }))]);
    expect(await store().commit([outdated("2026-11-16")])).toBe("stale");
    expect(await keysOf(store(), "12:00")).toEqual([]);
  });

  test("what stands outlives its group, so that it can be taken back", async () => {
    await store().commit(begun);
    await sent(store(), aPost());
    await store().commit([outdated("2026-11-16"), { kind: "group-removed", groupId: group.id }]);
    expect(await keysOf(store(), "12:00")).toEqual([aPost().key]);
  });
}
