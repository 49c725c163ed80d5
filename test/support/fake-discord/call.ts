/** A request on its way to what answers it. */

import type { Body } from "./body.ts";

/** What a route is given. */
export type Call = {
  /** The parts of the path that the route leaves open. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Body;
};

/** What it answers. */
export type Reply = { readonly status: number; readonly json?: unknown };

/** What answers requests of one kind. */
export type Route = {
  readonly method: string;
  /** Parts in braces are open. */
  readonly path: string;
  readonly answer: (call: Call) => Reply;
  /** Asks for no token of the bot, and counts for no limit: the path itself holds a secret. */
  readonly isOpen?: boolean;
};

/** All is well. */
export function ok(json: unknown): Reply {
  return { status: 200, json };
}

/** All is well, and there is nothing to say. */
export const done: Reply = { status: 204 };
