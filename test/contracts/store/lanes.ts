/** The contract of the `Store` port: what waits for one platform is given to nobody else. */

import type { Address, UserId } from "#core/lib/ids.ts";
import type { Change } from "#core/model/changes/index.ts";
import { createChannelMessage } from "#core/model/outbox-message.ts";
import type { Store } from "#src/ports/store.ts";
import { expect, test } from "vitest";
import { anAccount } from "../../support/builders.ts";
import { aChannel, aGroup } from "../../support/groups.ts";
import { aDelivery, alex, alexAccount, at, day, here, keyOf, linked, queued, sam, saved, sending, settled, there } from "./fixtures.ts";

const elsewhere = anAccount({ platform: there, id: "alex there" });
const shut = (account: typeof elsewhere): Change => ({ kind: "account-reached", account, reach: { isOpen: false, isTold: false } });
const spoke = (account: typeof elsewhere, time: string): Change => ({ kind: "account-seen", account, at: at(time) });

/** What holds of lanes. */
export function lanes(store: () => Store): void {
  const keysFor = async (platform: typeof here, now = "07:00"): Promise<readonly string[]> =>
    (await store().claim(at(now), at("07:30"), 10, platform)).map(({ key }) => key);
  const overdueFor = async (platform: typeof here, now: string): Promise<readonly string[]> =>
    (await store().claimOverdue(at(now), at("09:30"), 10, platform)).map(({ key }) => key);

  test.each<[string, readonly Change[], typeof here]>([
    ["their only account", [], here],
    ["the account on which they spoke last", [linked(elsewhere, alex), spoke(elsewhere, "05:00")], there],
    ["the one on which they spoke last of two", [linked(elsewhere, alex), spoke(elsewhere, "05:00"), spoke(alexAccount, "06:00")], here],
    ["the platform that they chose", [linked(elsewhere, alex), spoke(alexAccount, "06:00"), saved({ ...alex, messagesOn: there })], there],
    ["an open account", [linked(elsewhere, alex), saved({ ...alex, messagesOn: there }), shut(elsewhere)], here],
    ["their only account, also where it is shut", [shut(alexAccount)], here],
    [
      "no account of which only their own words speak",
      [saved({ ...alex, words: { '"messagesOn":"discord"': "strength" as never } })],
      here,
    ],
  ])("a delivery waits for %s", async (_, changes, platform) => {
    await store().commit([...changes, queued(aDelivery())]);
    expect(await store().lanes()).toStrictEqual([{ platform, nextAt: at("07:00") }]);
    expect(await keysFor(platform === here ? there : here)).toStrictEqual([]);
    expect(await keysFor(platform)).toStrictEqual([aDelivery().key]);
  });
  test("a delivery for one account waits for its platform, and a post for that of its channel", async () => {
    const post = createChannelMessage(
      { groupId: aGroup().id, kind: "round-up", dueAt: at("07:00"), weekStart: day("2026-11-16") },
      aGroup(),
      aChannel({ ref: { platform: there, address: "crew" as Address } }),
    );
    await store().commit([linked(elsewhere, alex), queued(aDelivery({ target: elsewhere })), queued(post)]);
    expect(await keysFor(here)).toStrictEqual([]);
    expect((await keysFor(there)).toSorted()).toStrictEqual([post.key, aDelivery().key].toSorted());
  });
  test("what is for somebody without an account is nobody's", async () => {
    await store().commit([saved({ ...sam, id: "loose" as UserId }), queued(aDelivery({ userId: "loose" as UserId }))]);
    expect(await store().lanes()).toStrictEqual([]);
    expect(await keysFor(here)).toStrictEqual([]);
  });
  test("lanes are those in which something waits, with when the first of it is due", async () => {
    await store().commit([linked(elsewhere, sam), spoke(elsewhere, "05:00")]);
    const later = aDelivery({ key: keyOf("later"), nextAt: at("08:00") });
    await store().commit([
      queued(later),
      queued(aDelivery()),
      queued(aDelivery({ key: keyOf("sam"), userId: sam.id, nextAt: at("09:00") })),
    ]);
    expect(await store().lanes()).toStrictEqual([
      { platform: here, nextAt: at("07:00") },
      { platform: there, nextAt: at("09:00") },
    ]);
    expect(await store().nextAt([there])).toStrictEqual(at("09:00"));
    expect(await store().nextAt([])).toBeUndefined();
    await keysFor(here);
    await store().commit([settled()]);
    expect(await store().lanes()).toContainEqual({ platform: here, nextAt: at("08:00") });
  });
  test("what waited an hour for a platform that runs nowhere can be claimed for another open account, and stays there", async () => {
    await store().commit([linked(elsewhere, alex), spoke(elsewhere, "05:00"), queued(aDelivery())]);
    expect(await overdueFor(here, "07:59:59.999")).toStrictEqual([]);
    expect(await overdueFor(there, "08:00")).toStrictEqual([]);
    expect(await overdueFor(here, "08:00")).toStrictEqual([aDelivery().key]);
    expect(await overdueFor(here, "08:00")).toStrictEqual([]);
    expect(await store().lanes()).toStrictEqual([{ platform: here, nextAt: at("09:30") }]);
  });
  test.each<[string, readonly Change[]]>([
    ["is shut", [linked(elsewhere, alex), spoke(elsewhere, "05:00"), shut(alexAccount)]],
    ["is on the same platform", [linked(anAccount({ id: "alex again" }), alex)]],
  ])("it cannot where the other account %s", async (_, changes) => {
    await store().commit([...changes, queued(aDelivery())]);
    for (const platform of [here, there]) expect(await overdueFor(platform, "10:00")).toStrictEqual([]);
  });
  test("what may have arrived on one platform is not claimed for another", async () => {
    await store().commit([linked(elsewhere, alex), spoke(elsewhere, "05:00"), queued(aDelivery())]);
    await keysFor(there);
    await store().commit([sending()]);
    expect(await overdueFor(here, "12:00")).toStrictEqual([]);
  });
  test("delivery-routed puts what is held into another lane, and touches nothing for whoever has lost it", async () => {
    await store().commit([linked(elsewhere, alex), queued(aDelivery())]);
    await keysFor(here);
    const routed: Change = { kind: "delivery-routed", key: aDelivery().key, fence: 1, platform: there, nextAt: at("07:01") };
    expect(await store().commit([{ ...routed, fence: 0 }])).toBe("stale");
    expect(await store().commit([routed])).toBe("done");
    expect(await keysFor(here, "07:29")).toStrictEqual([]);
    expect(await keysFor(there, "07:01")).toStrictEqual([aDelivery().key]);
    await store().commit([settled({ fence: 2 })]);
    expect(await store().commit([{ ...routed, fence: 2 }])).toBe("stale");
  });
  test("deliveries-expired ends what has waited in one lane, a slice at a time, and in doubt where it may have arrived", async () => {
    await store().commit([linked(elsewhere, sam), spoke(elsewhere, "05:00"), queued(aDelivery({ key: keyOf("sam"), userId: sam.id }))]);
    await store().commit([queued(aDelivery({ key: keyOf("a"), kind: "rest" })), queued(aDelivery())]);
    await store().claim(at("07:00"), at("07:30"), 10, here);
    await store().commit([sending()]);
    const change: Change = { kind: "deliveries-expired", platform: here, before: at("07:29"), at: at("12:00"), limit: 1 };
    expect(await store().commit([change])).toBe("stale");
    for (let slice = 0; slice < 2; slice += 1) expect(await store().commit([{ ...change, before: at("07:30") }])).toBe("done");
    expect(await store().commit([{ ...change, before: at("23:00") }])).toBe("stale");
    expect(
      (await store().deliveries(alex.id, 10)).map(({ state, reason, endedAt, nextAt }) => [state, reason, endedAt, nextAt]),
    ).toStrictEqual([
      ["unknown", "in-doubt", at("12:00"), undefined],
      ["expired", "late", at("12:00"), undefined],
    ]);
    expect((await store().deliveries(sam.id, 10)).map(({ state }) => state)).toStrictEqual(["queued"]);
  });
}
