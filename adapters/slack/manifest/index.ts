/** The manifest that creates the app on Slack in one paste: made of the command table and of what the adapter listens to. */

import { commands } from "#core/commands/index.ts";
import { named, slashOf, umbrella } from "../command-names.ts";

/** The least with which all of it works. Files are read where somebody sends one to be imported, and only then. */
export const scopes = [
  "commands",
  "chat:write",
  "im:write",
  "im:history",
  "app_mentions:read",
  "users:read",
  "files:read",
  "files:write",
  // Who made a channel may manage its group; nothing that is said there is read.
  "channels:read",
  "groups:read",
] as const;

/** What happens in a workspace that the adapter wants to hear of. */
export const events = ["app_home_opened", "app_mention", "app_uninstalled", "message.im", "tokens_revoked", "user_change"] as const;

/** The shortcut that opens the form for a session from anywhere. */
export const shortcut = { id: "log-a-session", name: "Log a session", says: "/log" } as const;

/** The paths under the public address, where there is one. */
export const paths = { events: "/slack/events", install: "/slack/install", redirect: "/slack/oauth_redirect" } as const;

/** What a manifest is made for: a workspace of one's own, or many over `publicUrl`. */
export type Purpose = { readonly prefix: string; readonly publicUrl: string | undefined };

/** The manifest, as JSON takes it. */
export function createManifest({ prefix, publicUrl }: Purpose) {
  const base = publicUrl?.replace(/\/+$/, "");
  const address = base === undefined ? {} : { request_url: `${base}${paths.events}` };
  return {
    display_information: {
      name: "Sweetspot",
      description: "A strength-dose coach: log a session in one line, see where the week stands",
      background_color: "#2f5d46",
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: "Sweetspot", always_online: true },
      shortcuts: [{ name: shortcut.name, type: "global", callback_id: shortcut.id, description: "Opens a form for one or more sessions" }],
      slash_commands: slashCommands(prefix).map((command) => ({
        ...command,
        ...(base === undefined ? {} : { url: `${base}${paths.events}` }),
      })),
    },
    oauth_config: { scopes: { bot: [...scopes] }, ...(base === undefined ? {} : { redirect_urls: [`${base}${paths.redirect}`] }) },
    settings: {
      event_subscriptions: { ...address, bot_events: [...events] },
      interactivity: { is_enabled: true, ...address },
      org_deploy_enabled: base !== undefined,
      socket_mode_enabled: base === undefined,
      token_rotation_enabled: base !== undefined,
    },
  };
}

function slashCommands(prefix: string) {
  const own = named.map((name) => {
    const found = commands.find((command) => command.name === name);
    if (!found) throw new Error(`Make a manifest: "${name}" must be a command`);
    return { command: slashOf(name, prefix), description: found.summary, usage_hint: hintOf(found.examples[0]), should_escape: false };
  });
  const all = { command: slashOf(umbrella, prefix), description: "reaches everything else; alone, it says what there is" };
  return [...own, { ...all, usage_hint: "help, history, undo, settings, …", should_escape: false }];
}

function hintOf(example: string): string {
  return example.replace(/^\S+\s*/, "") || "last";
}
