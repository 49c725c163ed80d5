/** Logs failed requests to Discord: the route without ids and tokens, and Discord's answer. */

import { DefaultRestOptions, type RESTOptions } from "discord.js";
import { describeError } from "#src/ports/describe-error.ts";
import type { Log } from "#src/ports/runtime.ts";

/** The SDK's function for sending a request. */
export type MakeRequest = RESTOptions["makeRequest"];

/** Wraps `ask` to log each request that fails. */
export function logRequests(log: Log, ask: MakeRequest = DefaultRestOptions.makeRequest): MakeRequest {
  return async (url, init) => {
    const about = { method: init.method ?? "GET", route: routeOf(url) };
    try {
      const response = await ask(url, init);
      if (response.status < 400) return response;
      const text = await response.text();
      log.warn("discord-request-failed", { ...about, status: response.status, code: codeIn(text) });
      // A body can be read only once, so the response is rebuilt.
      return new Response(text, { status: response.status, headers: Object.fromEntries(response.headers.entries()) });
    } catch (error) {
      log.warn("discord-request-failed", { ...about, ...describeError(error) });
      throw error;
    }
  };
}

/** The path of a request without personal data: ids and tokens are replaced by `:id` and `:token`, and the query is dropped. */
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
