/** Slack's OAuth: consent, codes, and their exchange for tokens. */

import { randomUUID } from "node:crypto";
import { app } from "./app.ts";
import type { Tokens } from "./tokens.ts";
import type { Loose } from "./types.ts";
import type { WorkspaceState } from "./workspace-state.ts";

/** The validity of a code. */
const codeFor = Temporal.Duration.from({ minutes: 10 });

type Code = { readonly home: string; readonly scope: string; readonly redirectUri: string | undefined; readonly until: Temporal.Instant };

/** What OAuth needs. */
export type OAuthOptions = {
  readonly workspaceStates: readonly WorkspaceState[];
  readonly tokens: Tokens;
  /** The origin of the bot's callback; undefined if it is not yet known. */
  readonly bot: () => string | undefined;
  readonly now: () => Temporal.Instant;
};

/** Creates Slack's side of OAuth. */
export function createOAuth({ workspaceStates, tokens, bot, now }: OAuthOptions) {
  const codes = new Map<string, Code>();
  const scopes = new Map<string, string>();
  const installation = (home: string): Loose => {
    const { enterprise, teams, botId } = workspaceStateOf(workspaceStates, home);
    const team = teams.find(({ id }) => id === home);
    return {
      ok: true,
      app_id: app.id,
      token_type: "bot",
      scope: scopes.get(home),
      bot_user_id: botId,
      team: team ? { id: team.id, name: team.name } : null,
      enterprise: enterprise ?? null,
      is_enterprise_install: team === undefined,
      ...tokens.give(home),
    };
  };
  const callbackOf = (asked: URLSearchParams): URL => new URL(asked.get("redirect_uri") ?? `${bot() ?? ""}/slack/oauth_redirect`);
  const sendTo = (asked: URLSearchParams, answer: Readonly<Record<string, string>>): string => {
    const url = callbackOf(asked);
    const state = asked.get("state");
    for (const [key, value] of Object.entries({ ...answer, ...(state === null ? {} : { state }) })) url.searchParams.set(key, value);
    return url.href;
  };
  return {
    /** Why Slack would not show the consent page; undefined if it does. */
    refuse(asked: URLSearchParams): string | undefined {
      if (asked.get("client_id") !== app.clientId) return "invalid_client_id";
      if (!asked.get("scope")) return "no_scopes";
      const origin = bot();
      return origin === undefined || callbackOf(asked).origin !== new URL(origin).origin ? "bad_redirect_uri" : undefined;
    },
    approve(asked: URLSearchParams, home: string): string {
      workspaceStateOf(workspaceStates, home);
      const code = `${app.clientId}.${randomUUID()}`;
      const until = now().add(codeFor);
      codes.set(code, { home, scope: asked.get("scope") ?? "", redirectUri: asked.get("redirect_uri") ?? undefined, until });
      return sendTo(asked, { code });
    },
    deny: (asked: URLSearchParams): string => sendTo(asked, { error: "access_denied" }),
    /** Exchanges a code, or a refresh token. */
    access(body: Loose, authorization: string | undefined): Loose {
      const wrong = checkClient(body, authorization);
      if (wrong) return { ok: false, error: wrong };
      if (body["grant_type"] === "refresh_token") {
        const home = tokens.redeem(String(body["refresh_token"]));
        return home === undefined ? { ok: false, error: "invalid_refresh_token" } : installation(home);
      }
      const code = codes.get(String(body["code"]));
      codes.delete(String(body["code"]));
      if (!code || Temporal.Instant.compare(code.until, now()) <= 0) return { ok: false, error: "invalid_code" };
      if ((body["redirect_uri"] ?? undefined) !== code.redirectUri) return { ok: false, error: "bad_redirect_uri" };
      tokens.install(code.home);
      scopes.set(code.home, code.scope);
      // Ann counts as the installer, whichever browser it was.
      return { ...installation(code.home), authed_user: { id: workspaceStateOf(workspaceStates, code.home).founders.get("ann")?.id } };
    },
  };
}

/** Slack's side of OAuth. */
export type OAuthServer = ReturnType<typeof createOAuth>;

/** The state of a workspace or an organisation. */
export function workspaceStateOf(workspaceStates: readonly WorkspaceState[], home: string): WorkspaceState {
  const workspaceState = workspaceStates.find(({ enterprise, teams }) => enterprise?.id === home || teams.some(({ id }) => id === home));
  if (workspaceState) return workspaceState;
  throw new Error(`Find a workspace or an organisation: "${home}" must be the id of one`);
}

/** The client's credentials, from the body or from HTTP basic authorization. */
function checkClient(body: Loose, authorization = ""): string | undefined {
  const basic = /^Basic (?<pair>.+)$/u.exec(authorization)?.groups?.["pair"] ?? "";
  const [basicId, basicSecret] = Buffer.from(basic, "base64").toString().split(":");
  if ((body["client_id"] ?? basicId) !== app.clientId) return "invalid_client_id";
  return (body["client_secret"] ?? basicSecret) === app.clientSecret ? undefined : "bad_client_secret";
}
