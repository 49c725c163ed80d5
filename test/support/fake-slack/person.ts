/** A person who uses Slack. Their actions reach the bot in Slack's own form. */

import { randomUUID } from "node:crypto";
import { interactionOf, type Scene, sendEvent, slashOf } from "./payloads.ts";
import { list, wordsOf } from "./rules.ts";
import { formIn, see } from "./rendered-message.ts";
import type { Loose, Person, Seen, SentWords } from "./types.ts";
import { type Member, profileOf } from "./workspace-state.ts";

/** Escapes typed text as Slack does. */
function encode(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Creates a person on a scene. */
export function createPerson({ id, name, dm }: Member, scene: Scene): Person {
  const { workspaceState, team, edge } = scene;
  const actor = { id, name };
  const profile = profileOf(workspaceState, id);
  const trigger = (): string => {
    const fresh = randomUUID();
    workspaceState.triggers.set(fresh, id);
    return fresh;
  };
  const address = (place: string): string => {
    const fresh = randomUUID();
    workspaceState.addresses.set(fresh, { place, to: id, home: scene.home(), left: 5 });
    return `${scene.origin()}/respond/${fresh}`;
  };
  const event = (what: Loose): Promise<void> => sendEvent(scene, what);
  const interact = async (type: string, isInChannel: boolean, what: Loose): Promise<void> =>
    await edge.send("interactive", { type, ...interactionOf(scene, actor, isInChannel), trigger_id: trigger(), ...what });
  const changed = (): Promise<void> =>
    event({ type: "user_change", user: { id, team_id: team.id, name, is_bot: false, ...profile }, event_ts: "1.1" });
  const screen = (place: string): readonly Seen[] =>
    place === team.channel || place === dm ? workspaceState.screens.look(place, id).map((one) => see(one, workspaceState.files)) : [];
  return {
    id,
    dm,
    async slash(command, text, channel = team.channel) {
      const place = { channel_id: channel, channel_name: channel === dm ? "directmessage" : "general" };
      const payload = { ...slashOf(scene, actor), command, text, ...place, trigger_id: trigger(), response_url: address(channel) };
      await edge.send("slash_commands", payload);
    },
    async say(text, channel = dm, file) {
      const ts = `${workspaceState.screens.count() + 1}.${randomUUID().slice(0, 6)}`;
      workspaceState.screens.show({ id: ts, body: { text }, place: channel, to: undefined, isFromBot: false });
      const mention = `<@${workspaceState.botId}>`;
      const sent = text.split(mention).map(encode).join(mention);
      const said = { user: id, text: sent, ts, channel, team: team.id, client_msg_id: randomUUID(), event_ts: ts, ...shared(file, scene) };
      if (channel === dm) await event({ ...said, type: "message", channel_type: "im" });
      else if (text.includes(mention)) await event({ ...said, type: "app_mention" });
    },
    async press(seen, label) {
      const { place } = seen;
      const container =
        place === undefined
          ? { type: "view", view_id: seen.id }
          : { type: "message", message_ts: seen.id, channel_id: place, is_ephemeral: seen.isPrivate };
      const where = place === undefined ? {} : { channel: { id: place }, response_url: address(place) };
      await interact("block_actions", place !== undefined, { ...where, container, actions: [actionOf(seen, label)] });
    },
    async submit({ view }, words) {
      workspaceState.modals.delete(id);
      const state = { values: { words: { words: { type: "plain_text_input", value: words } } } };
      await interact("view_submission", false, { view: { ...view, state }, response_urls: [] });
    },
    shortcut: (callbackId) => interact("shortcut", false, { callback_id: callbackId, action_ts: "1.1" }),
    openHome: () => event({ type: "app_home_opened", user: id, channel: dm, tab: "home", event_ts: "1.1" }),
    home() {
      const view = workspaceState.homes.get(id);
      return view && see({ id: "home", body: view, place: undefined, to: id, isFromBot: true }, workspaceState.files);
    },
    screen,
    next: async (place) => see(await workspaceState.screens.next(place, id), workspaceState.files),
    modal() {
      const view = workspaceState.modals.get(id);
      return view && formIn(view);
    },
    async setTimeZone(timeZone) {
      profile.tz = timeZone;
      await changed();
    },
    async setLocale(locale) {
      profile.locale = locale;
      await changed();
    },
    deactivate: () => void (profile.deleted = true),
  };
}

/** The action for the button or option with that label. */
function actionOf(seen: Seen, label: string): Loose {
  const elements = seen.blocks.filter(({ type }) => type === "actions").flatMap((block) => list(block["elements"]));
  const options = elements.flatMap((element) => list(element["options"]).map((option) => ({ option, element })));
  const picked = options.find(({ option }) => wordsOf(option["text"]) === label);
  if (picked) return { type: "static_select", action_id: picked.element["action_id"], selected_option: picked.option };
  const button = elements.find(({ text }) => wordsOf(text) === label);
  if (!button) throw new Error(`Press "${label}": it must be shown, and shown is: ${seen.text}`);
  return { type: "button", action_id: button["action_id"], text: button["text"], value: button["value"] };
}

/** A file as an event reports it. It can be fetched with a bot token. */
function shared(file: SentWords | undefined, { workspaceState, team, origin }: Scene) {
  if (!file) return {};
  const bytes = Buffer.from(file.content);
  const id = `F${String(workspaceState.files.size + 1).padStart(9, "0")}`;
  workspaceState.files.set(id, bytes);
  const url = `${origin()}/files-pri/${team.id}-${id}/${encodeURIComponent(file.name)}`;
  const about = { mode: "hosted", is_external: false, external_type: "", url_private: url, ...file.about };
  return { subtype: "file_share", files: [{ id, name: file.name, title: file.name, size: bytes.length, ...about }] };
}
