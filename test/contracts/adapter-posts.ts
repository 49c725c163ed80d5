/** The contract of the `Adapter` port: posts in channels, which are edited and removed. */

import { expect, test } from "vitest";
import type { Address, DeliveryKey } from "#core/lib/ids.ts";
import { bold, buttons, type Reply, text } from "#core/model/reply.ts";
import type { Raise } from "./adapter.ts";

const field = { label: "Anew", value: "20 strength" };
/** By which a delivery is known. */
export const key = "weekly someone 2026-11-23" as DeliveryKey;

/** Says back what it heard. */
export function echo(words: string): Reply {
  return {
    blocks: [
      text(bold("You said"), ` ${words}.`),
      buttons({ label: "Correct", says: "/correct 7", field }, { label: "Week", says: "/week" }),
    ],
  };
}

/** A block of each kind that is drawn. */
export const all: Reply = {
  blocks: [
    text("Words ", bold("in bold"), "."),
    { kind: "facts", facts: [{ label: "Strength", value: "20 of 40–60 min" }] },
    { kind: "meter", minutes: 20, min: 40, max: 60, until: 120 },
    { kind: "picture", name: "week", svg: "<svg/>" },
    { kind: "choices", layout: "list", choices: [1, 2].map((count) => ({ label: `Choice ${count}`, says: `/pick ${count}` })) },
  ],
};

/** What holds of posts. */
export function posting(raise: Raise): void {
  test("a post in a channel is read by everybody there, and can be given other words", async () => {
    const { adapter, channel, start, shownToOthers } = await raise();
    await start();
    const result = await adapter.send(channel, echo("in the channel"), `round-up ${key}` as DeliveryKey);
    expect(result).toEqual({ kind: "sent", message: expect.any(String) });
    await expect.poll(shownToOthers, { timeout: 5000, interval: 5 }).toContain("You said in the channel.");
    const { message = "" } = result.kind === "sent" ? result : {};
    expect(await adapter.edit(channel, message, echo("in other words"))).toEqual({ kind: "edited" });
    await expect.poll(shownToOthers, { timeout: 5000, interval: 5 }).toContain("You said in other words.");
    expect(await adapter.edit(channel, message, all)).toEqual({ kind: "edited" });
    expect(await adapter.edit(channel, message, echo("without a picture"))).toEqual({ kind: "edited" });
    await expect.poll(shownToOthers, { timeout: 5000, interval: 5 }).toContain("You said without a picture.");
  });

  test("a post can be taken away, and then nobody reads it", async () => {
    const { adapter, channel, start, shownToOthers } = await raise();
    await start();
    const result = await adapter.send(channel, echo("in the channel"), `round-up ${key}` as DeliveryKey);
    await expect.poll(shownToOthers, { timeout: 5000, interval: 5 }).toContain("You said in the channel.");
    const { message = "" } = result.kind === "sent" ? result : {};
    expect(await adapter.remove(channel, message)).toEqual({ kind: "removed" });
    await expect.poll(shownToOthers, { timeout: 5000, interval: 5 }).not.toContain("You said in the channel.");
    expect(["removed", "gone"]).toContain((await adapter.remove(channel, message)).kind);
  });

  test("removing says what came of it, also before the start, after the end and of nothing", async () => {
    const { adapter, channel, start } = await raise();
    const kinds = ["removed", "later", "refused", "gone"];
    expect(kinds).toContain((await adapter.remove(channel, "1")).kind);
    await start();
    expect(kinds).toContain((await adapter.remove({ ...channel, address: `${channel.address}9` as Address }, "1")).kind);
    await adapter.stop();
    expect(kinds).toContain((await adapter.remove(channel, "1")).kind);
  });

  test("editing says what came of it, also before the start, after the end and of nothing", async () => {
    const { adapter, channel, start } = await raise();
    const kinds = ["edited", "later", "refused", "gone"];
    expect(kinds).toContain((await adapter.edit(channel, "1", echo("before"))).kind);
    await start();
    expect(kinds).toContain((await adapter.edit({ ...channel, address: `${channel.address}9` as Address }, "1", echo("nowhere"))).kind);
    await adapter.stop();
    expect(kinds).toContain((await adapter.edit(channel, "1", echo("after"))).kind);
  });
}
