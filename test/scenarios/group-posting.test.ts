/** The right to post is asked for before a group is said to be in a channel; a channel that was suspended opens again by such a right alone. */

import { describe, expect, test } from "vitest";
import type { Address, PlatformName } from "#core/lib/ids.ts";
import type { PostPermission } from "#core/model/group.ts";
import { createTestCoach, type From, type TestCoach } from "../support/coach.ts";
import { createCrew, crew, inCrew } from "./group-fixtures.ts";

const monday = "2026-11-30T09:00:00+01:00";
const place = (address = crew) => ({ platform: "console" as PlatformName, address: address as Address });
const manager = (posting: PostPermission, where = crew): From => ({ name: "ann", in: where, isManager: true, posting });
const refused: readonly (readonly [PostPermission, string])[] = [
  ["no-rights", "I can't post in this channel yet. Let me see it and send messages in it; in a thread, in threads."],
  ["not-invited", "I'm not in this channel yet. Invite me first."],
  ["unknown", "I couldn't find out whether I may post here. Give it a minute."],
];

async function statusOf({ store }: TestCoach, where = crew): Promise<string | undefined> {
  const found = await store.findGroup({ channel: place(where) });
  return found?.channels.find((channel) => channel.ref.address === where)?.status;
}

/** Ann's group, whose channel took no messages when the round-up of the first week was due. */
async function shut(): Promise<TestCoach> {
  const coach = await createCrew(["ben"]);
  await coach.hear("40 strength", { name: "ben" });
  coach.answerWith(({ to }) => (to === crew ? { kind: "closed" } : { kind: "sent" }));
  await coach.travelTo(monday);
  coach.answerWith(() => ({ kind: "sent" }));
  expect(await statusOf(coach)).toBe("suspended");
  return coach;
}

describe("where the coach may not post", () => {
  test.each(refused)("(%s) no group begins, and one line says what to do", async (posting, words) => {
    const coach = createTestCoach();
    const reply = await coach.hear("/group create Morning crew", manager(posting));
    expect(reply).toBe(`${words} Then say it again: /group create Morning crew`);
    expect(coach.inChannel(crew)).toEqual([]);
    expect(await statusOf(coach)).toBeUndefined();
    expect(await coach.hear("/group create Morning crew", manager("allowed"))).toContain("Morning crew is here now.");
  });

  test.each(refused)("(%s) no channel is bound by a code", async (posting, words) => {
    const coach = await createCrew([]);
    const code = /: ([0-9a-z-]{14})\./u.exec(await coach.hear("/group code", manager("allowed")))?.[1] ?? "";
    expect(await coach.hear(`/group channel ${code}`, manager(posting, "other"))).toBe(
      `${words} Then say it again: /group channel ${code}`,
    );
    expect(await statusOf(coach, "other")).toBeUndefined();
    expect(coach.inChannel("other")).toEqual([]);
    await coach.hear(`/group channel ${code}`, manager("allowed", "other"));
    expect(await statusOf(coach, "other")).toBe("open");
  });

  test("whoever may not manage the channel is told that, and the platform is not asked", async () => {
    const coach = createTestCoach();
    expect(await coach.hear("/group create Morning crew", { ...inCrew("eve"), posting: "no-rights" })).toContain("those who may manage");
  });
});

describe("a channel that is suspended", () => {
  test.each(["/group channel", "/group settings", "/group settings round-up friday 17:00", "/group code", "/group code new"])(
    "stays so after %s where the coach may still not post, though that is answered",
    async (text) => {
      const coach = await shut();
      for (const [posting] of refused) await coach.hear(text, manager(posting));
      expect(await statusOf(coach)).toBe("suspended");
      await coach.hear(text, manager("allowed"));
      expect(await statusOf(coach)).toBe("open");
    },
  );

  test.each(["20 strength", "/week", "/group board", "/group cheer", "/group rest", "/help"])(
    "stays so after %s there, which is answered in private",
    async (text) => {
      const coach = await shut();
      await coach.hear(text, manager("allowed"));
      await coach.hear(text, inCrew("ben"));
      expect(await statusOf(coach)).toBe("suspended");
    },
  );

  test("opens by its own code, too", async () => {
    const coach = await createCrew(["ben"]);
    const code = /: ([0-9a-z-]{14})\./u.exec(await coach.hear("/group code", manager("allowed")))?.[1] ?? "";
    await coach.store.commit([{ kind: "channel-suspended", channel: place() }]);
    await coach.hear(`/group channel ${code}`, manager("no-rights"));
    expect(await statusOf(coach)).toBe("suspended");
    await coach.hear(`/group channel ${code}`, manager("allowed"));
    expect(await statusOf(coach)).toBe("open");
  });

  const word = "A channel of your group takes no messages from me any more.";
  test.each(["/week", "20 strength", "/group board", "/group settings", "/group channel"])(
    "is told to who bound it, once, by %s in that channel alone",
    async (text) => {
      const coach = await shut();
      expect(await coach.hear(text, manager("no-rights"))).toContain(word);
      expect(await coach.hear(text, manager("no-rights"))).not.toContain(word);
    },
  );

  test("is told to who bound it and has left the group, and to nobody else", async () => {
    const coach = await createCrew(["ben"]);
    await coach.hear("40 strength", { name: "ben" });
    await coach.hear("/group leave", inCrew("ann"));
    coach.answerWith(({ to }) => (to === crew ? { kind: "closed" } : { kind: "sent" }));
    await coach.travelTo(monday);
    expect(await coach.hear("/week", { name: "ben" })).not.toContain(word);
    expect(await coach.hear("/week", { name: "ann" })).toContain(word);
    expect(await coach.hear("/week", { name: "ann" })).not.toContain(word);
  });
});
