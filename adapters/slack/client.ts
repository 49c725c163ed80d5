/** How Slack is called: each call once, with a deadline, and with the token of the workspace that it is about. */

import {
  type Logger,
  LogLevel,
  type WebAPICallResult,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  WebClient,
} from "@slack/web-api";
import { describeError } from "#src/ports/describe-error.ts";
import type { Log } from "#src/ports/runtime.ts";
import { post } from "./http-post.ts";

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

/** The SDK's own hook: all of its methods call this one. */
class LoggedClient extends WebClient {
  readonly #log: Log;

  constructor(log: Log, options: ConstructorParameters<typeof WebClient>[1]) {
    super(undefined, options);
    this.#log = log;
  }

  override async apiCall(method: string, options?: Readonly<Record<string, unknown>>): Promise<WebAPICallResult> {
    try {
      return await super.apiCall(method, options);
    } catch (error) {
      logCall(this.#log, method, error);
      throw error;
    }
  }
}

/** A client without a token: each call says whose it is, and is waited for so many milliseconds. Each that fails is in the log. */
export function createClient(apiUrl: string | undefined, log: Log, deadline?: number): WebClient {
  return new LoggedClient(log, clientOptions(apiUrl, deadline));
}

/** A line of a call that failed: its method, the status and Slack's own word. */
function logCall(log: Log, method: string, error: unknown): void {
  log.warn("slack-call-failed", { method, ...describeError(error) });
}

/** Answers at an address that Slack gave for it. Throws what the client throws. */
export async function respond(url: string, body: object, log: Log): Promise<void> {
  try {
    await answerAt(url, body);
  } catch (error) {
    logCall(log, "response_url", error);
    throw error;
  }
}

async function answerAt(url: string, body: object): Promise<void> {
  const { status, retryAfter, said } = await post(url, body, patience).catch((error: unknown) => {
    throw new WebAPIRequestError(error instanceof Error ? error : new Error(String(error)));
  });
  if (status >= 200 && status < 300) return;
  if (status === 429) throw new WebAPIRateLimitedError(Number(retryAfter));
  // An address that is too old, or was used five times, is not found.
  if (status === 404) throw new WebAPIPlatformError({ ok: false, error: "expired_url" });
  throw status >= 500
    ? new WebAPIHTTPError(status, "", {})
    : new WebAPIPlatformError({ ok: false, error: said.slice(0, 40) || `http-${status}` });
}
