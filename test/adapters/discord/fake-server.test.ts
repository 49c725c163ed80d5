/** The fake Discord server with the real client: what people do, and what they see of it. */

import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  Events,
  type Interaction,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  Routes,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
} from "discord.js";
import { describe, expect, test } from "vitest";
import { aBot, aDiscord, commands, message } from "../../support/fake-discord/bot.ts";

const picture = Buffer.from("not really a picture");

function button(label: string, customId: string): ButtonBuilder {
  return new ButtonBuilder().setStyle(ButtonStyle.Primary).setLabel(label).setCustomId(customId);
}

const buttons = new ActionRowBuilder<ButtonBuilder>().addComponents(button("Update", "u"), button("Later", "d"), button("Correct", "m"));
const menu = new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(
  new StringSelectMenuBuilder()
    .setCustomId("s")
    .addOptions({ label: "Legs", value: "legs", description: "Both" }, { label: "Arms", value: "arms" }),
);
const field = new TextInputBuilder().setCustomId("what").setStyle(TextInputStyle.Short).setValue("20 strength");
const form = new ModalBuilder()
  .setCustomId("correct")
  .setTitle("Correct it")
  .addLabelComponents(new LabelBuilder().setLabel("As it was").setTextInputComponent(field));

/** Answers everything that the tests below do. */
async function answer(interaction: Interaction): Promise<unknown> {
  if (interaction.isAutocomplete()) {
    return await interaction.respond([{ name: `${interaction.options.getFocused()}…`, value: "strength" }]);
  }
  if (interaction.isModalSubmit()) return await interaction.reply(`It was ${interaction.fields.getTextInputValue("what")}`);
  if (interaction.isStringSelectMenu()) return await interaction.update({ content: `Picked ${interaction.values.join()}`, components: [] });
  if (interaction.isButton()) return await pressed[interaction.customId]?.(interaction);
  if (!interaction.isChatInputCommand()) return undefined;
  if (interaction.commandName === "week") {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    return await interaction.editReply({ content: "Your week", files: [{ attachment: picture, name: "week.png", description: "Bars" }] });
  }
  const content = `${interaction.options.getInteger("minutes", true)} noted, ${interaction.user.displayName}`;
  return await interaction.reply({ content, components: [buttons, menu], withResponse: true });
}

const pressed: Readonly<Record<string, (interaction: Interaction & { isButton(): boolean }) => Promise<unknown>>> = {
  u: async (interaction) => (interaction.isButton() ? await interaction.update({ content: "Updated", components: [] }) : undefined),
  d: async (interaction) => {
    if (!interaction.isButton()) return;
    await interaction.deferUpdate();
    await interaction.followUp({ content: "Later it is", flags: MessageFlags.Ephemeral });
  },
  m: async (interaction) => (interaction.isButton() ? await interaction.showModal(form) : undefined),
};

describe("the real client", () => {
  test("logs in, sees the server, and registers commands", async () => {
    const discord = await aDiscord();
    const client = await aBot(discord);
    expect(client.user?.id).toBe(discord.applicationId);
    expect(client.guilds.cache.get(discord.server.id)?.preferredLocale).toBe("en-GB");
    expect(discord.gateway).toMatchObject({ identifies: 1, resumes: 0, connections: 1, sessions: 1 });
    expect(discord.commands).toMatchObject([{ name: "log", default_member_permissions: null, nsfw: false }, { name: "week" }]);
    const read = await client.application?.commands.fetch({ withLocalizations: true });
    expect(
      read?.map((command, id) => [command.name, command.equals(commands[command.name === "log" ? 0 : 1], true), id.length > 15]),
    ).toEqual([
      ["log", true, true],
      ["week", true, true],
    ]);
    const path = Routes.applicationCommands(discord.applicationId);
    expect(JSON.stringify(await client.rest.get(path))).not.toContain("localizations");
    expect(discord.problems).toEqual([]);
  });

  test("keeps ids and versions of commands that are as they were", async () => {
    const discord = await aDiscord();
    const client = await aBot(discord);
    const before = structuredClone(discord.commands);
    await client.application?.commands.set(commands);
    expect(discord.commands).toEqual(before);
    await client.application?.commands.set([{ ...commands[0], description: "Another" }]);
    const [{ id, version }] = before as [{ id: string; version: string }];
    expect(discord.commands).toMatchObject([{ id, description: "Another" }]);
    expect(discord.commands).not.toMatchObject([{ version }]);
  });

  test("answers a command at once, and everybody sees it", async () => {
    const discord = await aDiscord();
    await aBot(discord, answer);
    const [ann, ben] = [discord.person("Ann"), discord.person("Ben")];
    const { channel } = discord.server;
    const seen = message(await ann.slash("log", { minutes: "20" }));
    expect(seen).toMatchObject({ text: "20 noted, Ann", isPrivate: false, isFromBot: true, buttons: ["Update", "Later", "Correct"] });
    expect(seen.menu).toEqual([
      { label: "Legs", value: "legs", description: "Both" },
      { label: "Arms", value: "arms" },
    ]);
    expect((await ben.next(channel)).id).toBe(seen.id);
    expect(ann.screen(channel)).toHaveLength(1);
    expect(discord.problems).toEqual([]);
  });

  test("promises an answer and gives it with a file, which one person sees", async () => {
    const discord = await aDiscord();
    await aBot(discord, answer);
    const [ann, ben] = [discord.person("Ann"), discord.person("Ben")];
    const seen = message(await ann.slash("/week"));
    expect(seen).toMatchObject({ text: "Your week", isPrivate: true, edits: 1 });
    expect(seen.pictures).toEqual([{ name: "week.png", description: "Bars", bytes: new Uint8Array(picture) }]);
    expect(ben.screen(discord.server.channel)).toEqual([]);
    await expect(ben.press(seen, "Update")).rejects.toThrow("does not see it");
    expect(discord.problems).toEqual([]);
  });

  test("answers presses, picks and forms", async () => {
    const discord = await aDiscord();
    await aBot(discord, answer);
    const ann = discord.person("Ann");
    const seen = message(await ann.slash("log", { minutes: "20" }, ann.dm));
    const modal = await ann.press(seen, "Correct");
    expect(modal).toMatchObject({ kind: "modal", modal: { title: "Correct it", fields: [{ label: "As it was", value: "20 strength" }] } });
    if (modal.kind !== "modal") return;
    expect(message(await ann.submit(modal.modal, { "As it was": "30 strength" })).text).toBe("It was 30 strength");
    expect(message(await ann.submit(modal.modal, {})).text).toBe("It was 20 strength");
    await expect(ann.submit(modal.modal, { "As it was": "" })).rejects.toThrow("must be filled in");
    expect(message(await ann.press(seen, "Later"))).toMatchObject({ text: "Later it is", isPrivate: true });
    expect(message(await ann.pick(seen, "Arms"))).toMatchObject({ id: seen.id, text: "Picked arms", menu: [], edits: 1 });
    await expect(ann.press(seen, "Update")).rejects.toThrow("must be one of");
    expect(discord.problems).toEqual([]);
  });

  test("updates a message, and offers words while somebody types", async () => {
    const discord = await aDiscord();
    await aBot(discord, answer);
    const ann = discord.person("Ann");
    const seen = message(await ann.slash("log", { minutes: "20" }, ann.privately));
    expect(message(await ann.press(seen, "Update"))).toMatchObject({ id: seen.id, text: "Updated", buttons: [] });
    expect(await ann.type("log", "activity", "stre", { minutes: "20" })).toEqual([{ name: "stre…", value: "strength" }]);
    expect(discord.problems).toEqual([]);
  });

  test("is not asked what Discord's client would not let through", async () => {
    const discord = await aDiscord();
    await aBot(discord, answer);
    const ann = discord.person("Ann");
    await expect(ann.slash("nothing")).rejects.toThrow("no such command");
    await expect(ann.slash("log")).rejects.toThrow("wants minutes");
    await expect(ann.slash("log", { minutes: "0" })).rejects.toThrow("no number that fits");
    await expect(ann.slash("log", { minutes: "20", pace: "fast" })).rejects.toThrow("no option pace");
    await expect(ann.slash("week", {}, ann.privately)).rejects.toThrow("not offered");
    ann.setInstalled(false);
    await expect(ann.slash("log", { minutes: "20" }, ann.privately)).rejects.toThrow("not offered");
    expect(discord.requests.filter(({ path }) => path.endsWith("/callback"))).toEqual([]);
  });

  test("writes alone with somebody, and once under one nonce", async () => {
    const discord = await aDiscord();
    const client = await aBot(discord);
    const ann = discord.person("Ann");
    client.on(
      Events.MessageCreate,
      (heard) => void (heard.author.bot ? undefined : heard.channel.isSendable() && heard.channel.send(`You: ${heard.content}`)),
    );
    await ann.say("20 strength");
    expect((await ann.next(ann.dm)).text).toBe("You: 20 strength");
    const user = await client.users.fetch(ann.id);
    const [first, second] = [
      await user.send({ content: "Hello", nonce: "n1", enforceNonce: true }),
      await user.send({ content: "Hello", nonce: "n1", enforceNonce: true }),
    ];
    expect(second.id).toBe(first.id);
    expect(await ann.next(ann.dm)).toMatchObject({ text: "Hello", nonce: "n1" });
    expect(ann.screen(ann.dm).map(({ text }) => text)).toEqual(["20 strength", "You: 20 strength", "Hello"]);
    ann.setMessages("closed");
    await expect(user.send("Hello")).rejects.toMatchObject({ code: 50007, status: 403 });
    ann.setMessages("no-mutual-server");
    await expect(user.send("Hello")).rejects.toMatchObject({ code: 50278, status: 403 });
    expect(discord.invalidRequests).toBe(2);
    expect(discord.problems).toEqual([]);
  });

  test("reads in a server what names it, and nothing else", async () => {
    const discord = await aDiscord();
    const client = await aBot(discord);
    const heard: string[] = [];
    client.on(Events.MessageCreate, ({ content }) => heard.push(content));
    const raw: string[] = [];
    client.on(Events.Raw, ({ t }: { readonly t: string }) => raw.push(t));
    const ann = discord.person("Ann");
    await ann.say("to all", discord.server.channel, { isPlain: true });
    await ann.say("20 strength", discord.server.channel);
    discord.deliverTwice();
    await ann.say("in private", ann.privately);
    await ann.say("twice");
    await expect.poll(() => heard).toEqual(["", `<@${discord.applicationId}> 20 strength`, "twice"]);
    // The client itself passes over what is in its cache.
    expect(raw.filter((name) => name === "MESSAGE_CREATE")).toHaveLength(4);
  });
});
