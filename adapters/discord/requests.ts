/** Requests to Discord, each failure of which is in the log: what was asked, without ids and tokens, and what Discord said. */

import { DefaultRestOptions, type RESTOptions } from "discord.js";
import { describeError } from "#src/ports/describe-error.ts";
import type { Log } from "#src/ports/runtime.ts";

/** How the SDK asks Discord. */
export type MakeRequest = RESTOptions["makeRequest"];

/** `ask`, with a line for each request that fails. */
export function logRequests(log: Log, ask: MakeRequest = DefaultRestOptions.makeRequest): MakeRequest {
  return async (url, init) => {
    const about = { method: init.method ?? "GET", route: routeOf(url) };
    try {
      const response = await ask(url, init);
      if (response.status < 400) return response;
      const text = await response.text();
      log.warn("discord-request-failed", { ...about, status: response.status, code: codeIn(text) });
      // What was read can be read once.
      return new Response(text, { status: response.status, headers: Object.fromEntries(response.headers.entries()) });
    } catch (error) {
      log.warn("discord-request-failed", { ...about, ...describeError(error) });
      throw error;
    }
  };
}

/** The path of a request with nothing in it that is somebody's: ids and tokens are named, and what is asked behind "?" is left out. */
export function routeOf(url: string): string {
  const parts = new URL(url, "http://localhost").pathname
    .split("/")
    .filter((part) => part !== "" && part !== "api" && !/^v\d+$/.test(part));
  return `/${parts.map((part) => (/^[a-z@-]{1,24}$/.test(decodeURIComponent(part)) ? decodeURIComponent(part) : /^\d+$/.test(part) ? ":id" : ":token")).join("/")}`;
}

function codeIn(text: string): number {
  try {
    const said: unknown = JSON.parse(text);
    return typeof said === "object" && said !== null && "code" in said && typeof said.code === "number" ? said.code : 0;
  } catch {
    return 0;
  }
}
