/** Bot tokens: issued, refreshed, expired and revoked. */

import { randomUUID } from "node:crypto";

/** Issued tokens. */
export type Given = { readonly access_token: string; readonly refresh_token?: string; readonly expires_in?: number };

type Token = { readonly value: string; readonly home: string; until: Temporal.Instant | undefined; state: "good" | "revoked" | "inactive" };

/** Creates the tokens of a Slack. They are valid for `rotation` seconds, or forever if undefined. */
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
  /** The same token while it is valid. */
  const lasting = (home: string): string => {
    const kept = last(home) ?? "";
    return "home" in judge(kept) ? kept : add(home, `xoxb-${randomUUID()}`);
  };
  return {
    add,
    last,
    /** The home of a token, or why it is refused. */
    judge,
    /** Where the app is installed: the organisation takes precedence over the workspace. */
    homeOf: (team: string, enterprise?: string): string | undefined => [enterprise, team].find((home) => home && installed.has(home)),
    install: (home: string): void => void installed.add(home),
    /** Issues tokens for a home. Without rotation, it is the same token until the app is removed. */
    give(home: string): Given {
      if (rotation === undefined) return { access_token: lasting(home) };
      const refresh = `xoxe-1-${randomUUID()}`;
      refreshes.set(refresh, home);
      return { access_token: add(home, `xoxe.xoxb-1-${randomUUID()}`), refresh_token: refresh, expires_in: rotation };
    },
    /** Redeems a refresh token once, and returns its home. */
    redeem(refresh: string): string | undefined {
      const home = refreshes.get(refresh);
      refreshes.delete(refresh);
      return home;
    },
    expire(home: string): void {
      for (const token of of(home)) token.until = now();
    },
    /** Ends the tokens: "inactive" if the app was removed, "revoked" otherwise. */
    end(home: string, state: "revoked" | "inactive"): void {
      for (const token of of(home)) if (token.state === "good") token.state = state;
      for (const [refresh, owner] of refreshes) if (owner === home) refreshes.delete(refresh);
      if (state === "inactive") installed.delete(home);
    },
  };
}

/** The tokens of a Slack. */
export type Tokens = ReturnType<typeof createTokens>;
