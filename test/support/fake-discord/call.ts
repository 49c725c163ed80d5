/** The types of routes: a request and its answer. */

import type { Body } from "./body.ts";

/** The input of a route. */
export type Call = {
  /** Path parameters. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Body;
};

/** The answer of a route. */
export type Reply = { readonly status: number; readonly json?: unknown };

/** A route: handles requests of one kind. */
export type Route = {
  readonly method: string;
  /** Parameters are in braces. */
  readonly path: string;
  readonly answer: (call: Call) => Reply;
  /** Needs no bot token, and counts for no rate limit: the path itself holds a secret. */
  readonly isOpen?: boolean;
};

/** 200 with JSON. */
export function ok(json: unknown): Reply {
  return { status: 200, json };
}

/** 204 without content. */
export const done: Reply = { status: 204 };
