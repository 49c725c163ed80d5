/** The Web API client: one attempt a call, with a deadline and the token of the workspace concerned. */

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

/** Discards the SDK's log lines: they may hold message text, and our own log names the failure. */
export const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

/** Milliseconds after which a call counts as ambiguous. */
const patience = 10_000;

/** Options of a client. Each client gets its own object, since the SDK changes it. */
export function clientOptions(apiUrl: string | undefined, deadline = patience) {
  return {
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    logger: silent,
    // A retry by the SDK could post twice. The outbox retries, and keeps count.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: deadline,
  };
}

/** Logs failed calls. All methods of the SDK go through this one. */
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

/** Creates a client without a token: each call passes its own. `deadline` is in milliseconds. Failed calls are logged. */
export function createClient(apiUrl: string | undefined, log: Log, deadline?: number): WebClient {
  return new LoggedClient(log, clientOptions(apiUrl, deadline));
}

/** Logs a failed call: its method, the HTTP status and Slack's error code. */
function logCall(log: Log, method: string, error: unknown): void {
  log.warn("slack-call-failed", { method, ...describeError(error) });
}

/** Posts to a response URL. Throws the same errors as the client. */
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
  // Slack answers 404 if the URL has expired or was used five times.
  if (status === 404) throw new WebAPIPlatformError({ ok: false, error: "expired_url" });
  throw status >= 500
    ? new WebAPIHTTPError(status, "", {})
    : new WebAPIPlatformError({ ok: false, error: said.slice(0, 40) || `http-${status}` });
}
