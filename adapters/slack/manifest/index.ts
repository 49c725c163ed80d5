/** The app manifest for Slack, built from the command table and the events that the adapter handles. */

import { commands } from "#core/commands/index.ts";
import { named, slashOf, umbrella } from "../command-names.ts";

/** The smallest set of scopes. Files are read only when somebody sends one for an import. */
export const scopes = [
  "commands",
  "chat:write",
  "im:write",
  "im:history",
  "app_mentions:read",
  "users:read",
  "files:read",
  "files:write",
  // The creator of a channel may manage its group. Messages of the channel are not read.
  "channels:read",
  "groups:read",
] as const;

/** The workspace events that the adapter subscribes to. */
export const events = ["app_home_opened", "app_mention", "app_uninstalled", "message.im", "tokens_revoked", "user_change"] as const;

/** The global shortcut that opens the form for a session. */
export const shortcut = { id: "log-a-session", name: "Log a session", says: "/log" } as const;

/** Paths below the public address. */
export const paths = { events: "/slack/events", install: "/slack/install", redirect: "/slack/oauth_redirect" } as const;

/** What the manifest is for: one workspace, or many at `publicUrl`. */
export type Purpose = { readonly prefix: string; readonly publicUrl: string | undefined };

/** Creates the manifest as a JSON value. */
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
