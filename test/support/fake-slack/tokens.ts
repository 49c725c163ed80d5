/** Tokens of the bot: given out, refreshed, over, and taken back. */

import { randomUUID } from "node:crypto";

/** What is given out. */
export type Given = { readonly access_token: string; readonly refresh_token?: string; readonly expires_in?: number };

type Token = { readonly value: string; readonly home: string; until: Temporal.Instant | undefined; state: "good" | "revoked" | "inactive" };

/** All tokens of a Slack, where they are good for `rotation` seconds, or for ever. */
export function createTokens(rotation: number | undefined, now: () => Temporal.Instant) {
  const tokens = new Map<string, Token>();
  const refreshes = new Map<string, string>();
  const installed = new Set<string>();
  const of = (home: string): readonly Token[] => [...tokens.values()].filter((token) => token.home === home);
  const add = (home: string, value: string): string => {
    const until = rotation === undefined ? undefined : now().add({ seconds: rotation });
    tokens.set(value, { value, home, until, state: "good" });
    return value;
  };
  const last = (home: string): string | undefined => of(home).findLast(({ state }) => state === "good")?.value;
  const judge = (value: string): { readonly home: string } | { readonly error: string } => {
    const token = tokens.get(value);
    if (!token) return { error: value === "" ? "not_authed" : "invalid_auth" };
    if (token.state !== "good") return { error: token.state === "inactive" ? "account_inactive" : "token_revoked" };
    const isOver = token.until && Temporal.Instant.compare(token.until, now()) <= 0;
    return isOver ? { error: "token_expired" } : { home: token.home };
  };
  /** The same for as long as it is good. */
  const lasting = (home: string): string => {
    const kept = last(home) ?? "";
    return "home" in judge(kept) ? kept : add(home, `xoxb-${randomUUID()}`);
  };
  return {
    add,
    last,
    /** Whose token it is, or why it is refused. */
    judge,
    /** Where it is installed: the organisation before the workspace. */
    homeOf: (team: string, enterprise?: string): string | undefined => [enterprise, team].find((home) => home && installed.has(home)),
    install: (home: string): void => void installed.add(home),
    /** Tokens for a workspace or an organisation. Where they do not rotate, it is the same one for as long as the app stays. */
    give(home: string): Given {
      if (rotation === undefined) return { access_token: lasting(home) };
      const refresh = `xoxe-1-${randomUUID()}`;
      refreshes.set(refresh, home);
      return { access_token: add(home, `xoxe.xoxb-1-${randomUUID()}`), refresh_token: refresh, expires_in: rotation };
    },
    /** Takes a refresh token: gives whose it was, once. */
    redeem(refresh: string): string | undefined {
      const home = refreshes.get(refresh);
      refreshes.delete(refresh);
      return home;
    },
    expire(home: string): void {
      for (const token of of(home)) token.until = now();
    },
    /** They end, by the app being taken out ("inactive") or by themselves. */
    end(home: string, state: "revoked" | "inactive"): void {
      for (const token of of(home)) if (token.state === "good") token.state = state;
      for (const [refresh, owner] of refreshes) if (owner === home) refreshes.delete(refresh);
      if (state === "inactive") installed.delete(home);
    },
  };
}

/** All tokens of a Slack. */
export type Tokens = ReturnType<typeof createTokens>;
