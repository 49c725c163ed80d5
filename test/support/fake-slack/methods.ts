/** The Web API: implements what `emulate` lacks, and records everything for people's screens. */

import { randomUUID } from "node:crypto";
import { list, messageProblems, viewProblems } from "./rules.ts";
import type { Loose } from "./types.ts";
import { profileOf, type WorkspaceState } from "./workspace-state.ts";

/** A call by the bot of `home`. */
export type Act = {
  readonly workspaceState: WorkspaceState;
  readonly home: string;
  readonly origin: string;
  readonly method: string;
  readonly body: Loose;
};

/** Runs the call, and returns Slack's answer. */
export async function act({ workspaceState, home, origin, method, body }: Act): Promise<Loose> {
  const id = randomUUID();
  const isShut = typeof body["channel"] === "string" && workspaceState.uninvited.has(body["channel"]);
  if (isShut && method.startsWith("chat.post")) return { ok: false, error: "not_in_channel" };
  switch (method) {
    case "auth.test":
      return identityOf(workspaceState, home);
    case "chat.postEphemeral":
      workspaceState.screens.show({ id, body, place: String(body["channel"]), to: String(body["user"]), isFromBot: true });
      return { ok: true, message_ts: id };
    case "views.open": {
      const trigger = String(body["trigger_id"]);
      const user = workspaceState.triggers.get(trigger);
      if (!user || !workspaceState.triggers.delete(trigger)) return { ok: false, error: "expired_trigger_id" };
      workspaceState.modals.set(user, { ...(body["view"] as Loose), id });
      return { ok: true, view: { id } };
    }
  }
  const result = workspaceState.newcomers.answer(method, body) ?? (await workspaceState.emulator.ask(method, body));
  if (result["ok"] !== true) return result;
  switch (method) {
    case "users.info":
      return withProfile(result, body, workspaceState);
    case "conversations.history":
      return isTrue(body["include_all_metadata"]) ? result : withoutMetadata(result);
    case "files.getUploadURLExternal":
      return { ...result, upload_url: `${origin}/upload/${home}/${String(result["file_id"])}` };
    case "conversations.info": {
      const channel = result["channel"] as Loose;
      const isMember = !workspaceState.uninvited.has(String(channel["id"]));
      return {
        ...result,
        channel: { ...channel, is_member: isMember, creator: workspaceState.creators.get(String(channel["id"])) ?? channel["creator"] },
      };
    }
    case "chat.update":
      workspaceState.screens.edit(String(result["channel"]), String(body["ts"]), body);
      return result;
    case "chat.delete":
      workspaceState.screens.remove(String(body["channel"]), String(body["ts"]));
      return result;
    case "chat.postMessage":
      workspaceState.screens.show({ id: String(result["ts"]), body, place: String(result["channel"]), to: undefined, isFromBot: true });
      return result;
    case "files.completeUploadExternal":
      if (typeof body["channel_id"] === "string")
        workspaceState.screens.show({ id, body, place: body["channel_id"], to: undefined, isFromBot: true });
      return result;
    case "views.publish":
      workspaceState.homes.set(String(body["user_id"]), body["view"] as Loose);
      return result;
  }
  return result;
}

/** Posts to a response URL, which accepts five answers. */
export function respond(workspaceState: WorkspaceState, name: string, body: Loose): Loose {
  const address = workspaceState.addresses.get(name);
  if (!address || address.left === 0) return { ok: false, error: "used_url" };
  address.left -= 1;
  const to = body["response_type"] === "in_channel" ? undefined : address.to;
  workspaceState.screens.show({ id: randomUUID(), body, place: address.place, to, isFromBot: true });
  return { ok: true };
}

/** What Slack would refuse in a call. */
export function problemsOf(method: string, body: Loose): readonly string[] {
  if (["chat.postMessage", "chat.postEphemeral", "chat.update", "response_url"].includes(method)) return messageProblems(body);
  return method.startsWith("views.") ? viewProblems(body["view"] as Loose) : [];
}

function identityOf({ teams, enterprise, botId }: WorkspaceState, home: string): Loose {
  const { id, name } = teams.find((team) => team.id === home) ?? enterprise ?? { id: home, name: home };
  return {
    ok: true,
    url: `https://${name.toLowerCase()}.slack.com/`,
    team: name,
    team_id: id,
    user: "sweetspot",
    user_id: botId,
    bot_id: `B${botId.slice(1)}`,
    ...(enterprise ? { enterprise_id: enterprise.id } : {}),
    is_enterprise_install: id === enterprise?.id,
  };
}

/** True, as a form or JSON writes it. */
function isTrue(value: unknown): boolean {
  return value === true || value === "true" || value === "1";
}

/** Metadata is returned only on request. */
function withoutMetadata(result: Loose): Loose {
  return { ...result, messages: list(result["messages"]).map((message) => ({ ...message, metadata: undefined })) };
}

/** The locale is returned only on request. */
function withProfile(result: Loose, body: Loose, workspaceState: WorkspaceState): Loose {
  const user = result["user"] as Loose;
  const { locale, ...profile } = profileOf(workspaceState, String(user["id"]));
  const told = isTrue(body["include_locale"]) ? { ...profile, locale } : profile;
  const rights = { is_admin: workspaceState.admins.has(String(user["id"])), is_owner: false, is_primary_owner: false };
  return {
    ...result,
    user: { ...user, team_id: workspaceState.teams[0]?.id, is_bot: user["id"] === workspaceState.botId, ...rights, ...told },
  };
}
