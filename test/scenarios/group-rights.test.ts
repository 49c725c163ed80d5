import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Address, PlatformName, MessageId } from "#core/lib/ids.ts";
import { plainText, type Reply } from "#core/model/reply.ts";
import type { TestCoach } from "../support/coach.ts";
import { createCrew, crew, inCrew } from "./group-fixtures.ts";

const manager = { name: "ann", in: crew, isManager: true };
const place = { platform: "console" as PlatformName, address: crew as Address };

/** All that is kept of the group but its members. */
async function stateOf(coach: TestCoach): Promise<string> {
  const found = await coach.store.findGroup({ channel: place });
  const prompts = found && (await coach.store.groupPrompts(found.group.id));
  return JSON.stringify([found?.group, found?.channels, found?.code, prompts]);
}

function sayings(reply: Reply | undefined): readonly string[] {
  return reply?.blocks.flatMap((block) => (block.kind === "choices" ? block.choices : [])).map(({ says }) => says) ?? [];
}

const admin = [
  "/group settings",
  "/group settings round-up friday 17:00",
  "/group settings check-in on",
  "/group settings name Our crew",
  "/group code",
  "/group code new",
  "/group channel",
  "/group channel aaaa0000",
  "/group remove",
  "/group remove group id-0001",
  "/group remove channel id-0001",
];

describe("what is for those who may manage the channel", () => {
  test.each(admin)("%s is refused in one line to anybody else, and changes nothing", async (text) => {
    const coach = await createCrew(["ben"]);
    const before = await stateOf(coach);
    for (const name of ["ann", "ben", "eve"]) {
      const answer = await coach.hear(text, inCrew(name));
      expect(answer).toBe("That is for those who may manage this channel. This works: /group board");
    }
    expect(await stateOf(coach)).toBe(before);
  });

  test.each(admin)("%s is refused where nobody else is, whoever says it", async (text) => {
    const coach = await createCrew([]);
    const before = await stateOf(coach);
    expect(await coach.hear(text, { name: "ann", isManager: true })).toContain("That is said in the channel that it is about.");
    expect(await stateOf(coach)).toBe(before);
  });

  test.each(admin)("%s is refused where the platform says nothing of rights", async (text) => {
    const coach = await createCrew([]);
    const before = await stateOf(coach);
    const account = { platform: place.platform, id: "ann", name: "ann" };
    const reply = await coach.handle({ source: "s" as MessageId, account, surface: { ...place, reach: "shared" }, text });
    expect(plainText(reply ?? { blocks: [] })).toContain("for those who may manage this channel");
    expect(await stateOf(coach)).toBe(before);
  });

  test("is asked for at the moment of acting, so that buttons lose their power with whoever presses them", async () => {
    const coach = await createCrew([]);
    const shown = [await coach.reply("/group settings", manager), await coach.reply("/group remove", manager)];
    const before = await stateOf(coach);
    for (const says of shown.flatMap(sayings)) {
      const text = says.startsWith("/group settings ") ? `${says} friday 10:00` : says;
      expect(await coach.hear(text, inCrew("ann"))).toContain("for those who may manage this channel");
    }
    expect(await stateOf(coach)).toBe(before);
  });

  test("is of that channel alone: its buttons do nothing in another that somebody may manage", async () => {
    const coach = await createCrew([]);
    const remove = sayings(await coach.reply("/group remove", manager)).filter((says) => says.startsWith("/group remove"));
    await coach.hear("/group create Evening crew", { name: "eve", in: "evening", isManager: true });
    const before = await stateOf(coach);
    for (const says of remove)
      expect(await coach.hear(says, { name: "eve", in: "evening", isManager: true })).toContain("of another time or place");
    expect(await stateOf(coach)).toBe(before);
    expect((await coach.store.findGroup({ channel: { ...place, address: "evening" as Address } }))?.group.name).toBe("Evening crew");
  });

  test("needs no membership", async () => {
    const coach = await createCrew([]);
    expect(await coach.hear("/group settings name Our crew", { name: "mod", in: crew, isManager: true })).toContain("Our crew");
  });

  test("is refused where the platform cannot be asked, with nothing changed", async () => {
    const coach = await createCrew([]);
    const before = await stateOf(coach);
    const account = { platform: place.platform, id: "ann", name: "ann" };
    const mayManage = () => Promise.reject(new Error("users.info"));
    const inbound = { source: "s" as MessageId, account, surface: { ...place, reach: "shared" as const }, text: "/group code", mayManage };
    expect(plainText((await coach.handle(inbound)) ?? { blocks: [] })).toContain("That went wrong on my side.");
    expect(await stateOf(coach)).toBe(before);
  });
});

test(
  "nothing that anybody types or forges without rights changes a group, its channels, its code or its times",
  { timeout: 60_000 },
  async () => {
    const word = fc.constantFrom(
      ..."create join leave board settings code remove share rest cheer channel group new name round-up check-in off".split(" "),
      ..."time zone Auckland first day sunday friday 17:00 id-0001 id-0002 page 2 minutes status aaaa0000 Morning crew 2026-11-23".split(
        " ",
      ),
    );
    const text = fc.oneof(
      fc.array(word, { maxLength: 6 }).map((words) => `/group ${words.join(" ")}`),
      fc.string({ unit: "binary", maxLength: 60 }).map((rest) => `/group ${rest}`),
    );
    const coach = await createCrew(["ben"]);
    await coach.hear("/group code", manager);
    const before = await stateOf(coach);
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom("ann", "ben", "eve"), fc.boolean(), async (said, name, isInCrew) => {
        await coach.hear(said, isInCrew ? inCrew(name) : { name, isManager: true });
        expect(await stateOf(coach)).toBe(before);
      }),
      { numRuns: 1500 },
    );
  },
);

describe("codes", () => {
  test.each(["aaaa0000", "", "' or 1=1 --", "../x", "0".repeat(400)])("%j lets nobody in", async (code) => {
    const coach = await createCrew([]);
    await coach.hear("/group code", manager);
    const answer = await coach.hear(`/group join ${code}`, { name: "eve" });
    expect(answer).toMatch(code === "" ? /is said in the channel/ : /lets nobody in|longer than/);
    expect(answer).not.toContain("Morning crew");
    expect(await coach.hear("/group", { name: "eve" })).toContain("You are in no group yet.");
  });
});
