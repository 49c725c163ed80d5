/** Routes about the bot itself. */

import { ok, type Route } from "./call.ts";
import { botUser } from "./payloads.ts";
import type { Gateway } from "./types.ts";
import type { WorkspaceState } from "./workspace-state.ts";

/** What these routes need. */
export type SelfDeps = { readonly workspace: WorkspaceState; readonly gateway: Gateway; readonly url: () => string };

/** The routes of the bot's account, its application and the gateway URL. */
export function selfRoutes({ workspace, gateway, url }: SelfDeps): readonly Route[] {
  const application = (): unknown => {
    const { id, name } = workspace.bot;
    const integrations = { "0": { oauth2_install_params: null }, "1": { oauth2_install_params: null } };
    const common = { id, name, icon: null, description: "", summary: "", type: null, flags: 0, hook: true };
    const counts = { approximate_guild_count: workspace.guilds.length, bot_public: true, bot_require_code_grant: false };
    return { ...common, ...counts, verify_key: "0".repeat(64), integration_types_config: integrations, bot: botUser(workspace) };
  };
  return [
    { method: "GET", path: "/gateway", answer: () => ok({ url: url() }) },
    {
      method: "GET",
      path: "/gateway/bot",
      answer: () => {
        const { total, remaining, resetAfter } = gateway.sessionStarts;
        return ok({ url: url(), shards: 1, session_start_limit: { total, remaining, reset_after: resetAfter, max_concurrency: 1 } });
      },
    },
    { method: "GET", path: "/users/@me", answer: () => ok({ ...botUser(workspace), verified: true, mfa_enabled: true, email: null }) },
    { method: "GET", path: "/applications/@me", answer: () => ok(application()) },
    { method: "GET", path: "/oauth2/applications/@me", answer: () => ok(application()) },
  ];
}
