/** Discord under the contract of adapters. */

import { expect, onTestFinished } from "vitest";
import type { Address, PlatformName } from "#core/lib/ids.ts";
import { createDiscord } from "../../../adapters/discord/index.ts";
import { adapterContract, type Given, type Stand } from "../../contracts/adapter.ts";
import { aDiscord, message } from "../../support/fake-discord/bot.ts";
import type { Seen } from "../../support/fake-discord/server.ts";

function words({ text, buttons, menu }: Seen): string {
  return [text, ...buttons, ...menu.map(({ label }) => label)]
    .join("\n")
    .replaceAll("**", "")
    .replaceAll(/\\([^A-Za-z\d\s])/gu, "$1");
}

async function open({ handle, renderPng }: Given): Promise<Stand> {
  const discord = await aDiscord();
  const [ann, bo] = [discord.person("ann"), discord.person("bo")];
  const nothing = (): void => {};
  const log = { info: nothing, warn: nothing, error: nothing };
  const clock = { now: () => Temporal.Now.instant() };
  const adapter = createDiscord({ token: discord.token, apiUrl: discord.apiUrl, clock, log, renderPng, tell: nothing });
  onTestFinished(async () => {
    await adapter.stop();
    expect(discord.problems).toEqual([]);
  });
  const places = [ann.dm, discord.server.channel];
  const seen = (): readonly Seen[] => places.flatMap((place) => ann.screen(place).filter(({ isFromBot }) => isFromBot));
  const offering = (label: string): Seen => {
    const one = seen().findLast(({ buttons, menu }) => buttons.includes(label) || menu.some((option) => option.label === label));
    if (!one) throw new Error(`Press "${label}": it must be shown, and shown is: ${seen().map(words).join("\n")}`);
    return one;
  };
  return {
    adapter,
    surface: { platform: "discord" as PlatformName, address: ann.id as Address, reach: "direct" },
    channel: { platform: "discord" as PlatformName, address: `channel ${discord.server.channel.channelId}` as Address, reach: "shared" },
    start: () => adapter.start({ handle, suggest: async () => [], updateTimeZone: async () => {}, defer: async () => false }),
    async say(text, where = "alone") {
      await ann.say(text, where === "alone" ? ann.dm : discord.server.channel);
    },
    async sendFile(name, content) {
      await ann.say("", ann.dm, { file: { name, content } });
    },
    async press(label) {
      const one = offering(label);
      message(await (one.buttons.includes(label) ? ann.press(one, label) : ann.pick(one, label)));
    },
    async fill(label, text) {
      const asked = await ann.press(offering(label), label);
      if (asked.kind !== "modal") throw new Error(`Press "${label}": it must open a form, and gave ${JSON.stringify(asked)}`);
      const [field] = asked.modal.fields;
      message(await ann.submit(asked.modal, { [field?.label ?? ""]: text }));
      return field?.value ?? "";
    },
    shown: () => seen().map(words).join("\n"),
    shownToOthers: () => bo.screen(discord.server.channel).map(words).join("\n"),
    pictures: () => seen().flatMap(({ pictures }) => pictures).length,
    files: () => seen().flatMap(({ pictures }) => pictures.map(({ name, bytes }) => ({ name, content: Buffer.from(bytes).toString() }))),
  };
}

adapterContract("Discord", open);
