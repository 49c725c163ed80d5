/** Somebody who uses Slack: what they do reaches the bot as Slack would send it. */

import { randomUUID } from "node:crypto";
import { formIn, see } from "./sight.ts";
import type { World } from "./server.ts";
import type { Loose, Person, Seen, Socket } from "./types.ts";

/** As Slack sends what was typed. */
function encode(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

type Given = { readonly id: string; readonly name: string; readonly dm: string; readonly world: World; readonly socket: Socket };

/** Somebody in `world`. */
export function createPerson({ id, name, dm, world, socket }: Given): Person {
  const profile = { tz: "Europe/Berlin", deleted: false };
  world.profiles.set(id, profile);
  const common = {
    team: { id: world.teamId, domain: "one" },
    user: { id, name, username: name, team_id: world.teamId },
    api_app_id: "A1",
    token: "t",
  };
  const trigger = (): string => {
    const fresh = randomUUID();
    world.triggers.set(fresh, id);
    return fresh;
  };
  const address = (place: string): string => {
    const fresh = randomUUID();
    world.addresses.set(fresh, { place, to: id, left: 5 });
    return `http://${world.origin()}/respond/${fresh}`;
  };
  const event = async (what: Loose): Promise<void> =>
    await socket.send("events_api", {
      type: "event_callback",
      team_id: world.teamId,
      api_app_id: "A1",
      event_id: randomUUID(),
      event: what,
      authorizations: [{ team_id: world.teamId, user_id: world.botId, is_bot: true, is_enterprise_install: false }],
    });
  const elements = ({ blocks }: Seen): readonly Loose[] =>
    blocks.filter(({ type }) => type === "actions").flatMap((block) => block["elements"] as Loose[]);
  const actionOf = (seen: Seen, label: string): Loose => {
    const option = elements(seen).flatMap((element) => ((element["options"] ?? []) as Loose[]).map((one) => ({ ...one, element })));
    const picked = option.find(({ text }: Loose) => (text as Loose)["text"] === label);
    if (picked) return { type: "static_select", action_id: picked.element["action_id"], selected_option: picked };
    const button = elements(seen).find(({ text }) => (text as Loose | undefined)?.["text"] === label);
    if (!button) throw new Error(`Press "${label}": it must be shown, and shown is: ${seen.text}`);
    return { type: "button", action_id: button["action_id"], text: button["text"], value: button["value"] };
  };
  const screen = (place: string): readonly Seen[] =>
    world.shown
      .filter((one) => one.place === place && (one.to === undefined || one.to === id) && (place === world.channel || place === dm))
      .map((one) => see(one, world.files));
  return {
    id,
    dm,
    async slash(command, text, channel = world.channel) {
      const payload = { command, text, team_id: world.teamId, user_id: id, user_name: name, channel_id: channel, channel_name: "general" };
      await socket.send("slash_commands", { ...payload, api_app_id: "A1", trigger_id: trigger(), response_url: address(channel) });
    },
    async say(text, channel = dm) {
      const ts = `${world.shown.length + 1}.${randomUUID().slice(0, 6)}`;
      world.shown.push({ id: ts, body: { text }, place: channel, to: undefined, isFromBot: false });
      const mention = `<@${world.botId}>`;
      const sent = text.split(mention).map(encode).join(mention);
      const said = { user: id, text: sent, ts, channel, team: world.teamId, client_msg_id: randomUUID(), event_ts: ts };
      if (channel === dm) await event({ ...said, type: "message", channel_type: "im" });
      else if (text.includes(mention)) await event({ ...said, type: "app_mention" });
    },
    async press(seen, label) {
      const place = seen.place;
      const container =
        place === undefined
          ? { type: "view", view_id: seen.id }
          : { type: "message", message_ts: seen.id, channel_id: place, is_ephemeral: seen.isPrivate };
      const where = place === undefined ? {} : { channel: { id: place }, response_url: address(place) };
      await socket.send("interactive", {
        type: "block_actions",
        ...common,
        ...where,
        trigger_id: trigger(),
        container,
        actions: [actionOf(seen, label)],
      });
    },
    async submit({ view }, words) {
      world.modals.delete(id);
      const state = { values: { words: { words: { type: "plain_text_input", value: words } } } };
      await socket.send("interactive", {
        type: "view_submission",
        ...common,
        trigger_id: trigger(),
        view: { ...view, state },
        response_urls: [],
      });
    },
    async shortcut(callbackId) {
      await socket.send("interactive", { type: "shortcut", ...common, callback_id: callbackId, trigger_id: trigger(), action_ts: "1.1" });
    },
    async openHome() {
      await event({ type: "app_home_opened", user: id, channel: dm, tab: "home", event_ts: "1.1" });
    },
    home() {
      const view = world.homes.get(id);
      return view && see({ id: "home", body: view, place: undefined, to: id, isFromBot: true }, world.files);
    },
    screen,
    modal() {
      const view = world.modals.get(id);
      return view && formIn(view);
    },
    async setTimeZone(timeZone) {
      profile.tz = timeZone;
      await event({
        type: "user_change",
        user: { id, team_id: world.teamId, name, tz: timeZone, deleted: profile.deleted },
        event_ts: "1.1",
      });
    },
    deactivate: () => void (profile.deleted = true),
  };
}
