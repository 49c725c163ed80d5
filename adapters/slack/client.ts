/** How Slack is called: each call once, with a deadline, and with the token of the workspace that it is about. */

import { LogLevel, type Logger, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError, WebClient } from "@slack/web-api";
import { post } from "./post.ts";

/** Says nothing: the SDK's lines may hold what people said, and ours say where it broke. */
export const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

/** After so many milliseconds a call is taken for one that may have been heard. */
const patience = 10_000;

/** Options of a client, anew for each: the SDK changes what it is given. */
export function clientOptions(apiUrl: string | undefined, deadline = patience) {
  return {
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    logger: silent,
    // A post that was repeated by the SDK would be there twice: the outbox tries again, and keeps count.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: deadline,
  };
}

/** A client without a token: each call says whose it is, and is waited for so many milliseconds. */
export function createClient(apiUrl: string | undefined, deadline?: number): WebClient {
  return new WebClient(undefined, clientOptions(apiUrl, deadline));
}

/** Answers at an address that Slack gave for it. Throws what the client throws. */
export async function respond(url: string, body: object): Promise<void> {
  const { status, retryAfter, said } = await post(url, body, patience).catch((error: unknown) => {
    throw new WebAPIRequestError(error instanceof Error ? error : new Error(String(error)));
  });
  if (status >= 200 && status < 300) return;
  if (status === 429) throw new WebAPIRateLimitedError(Number(retryAfter));
  // An address that is too old, or was used five times, is not found.
  if (status === 404) throw new WebAPIPlatformError({ ok: false, error: "expired_url" });
  throw status >= 500
    ? new WebAPIRequestError(new Error(`Answer at an address: Slack answered ${status}`))
    : new WebAPIPlatformError({ ok: false, error: said.slice(0, 40) || `http-${status}` });
}
