/** The connection to Discord: one session after another, with a longer wait after each failure. */

import { setTimeout as wait } from "node:timers/promises";
import { REST, Routes } from "discord.js";
import { describeError } from "#src/ports/describe-error.ts";
import type { Log } from "#src/ports/runtime.ts";
import { createOutage } from "../shared/outage-log.ts";
import { classify } from "./errors.ts";
import {
  type GatewayHandlers,
  openGatewaySession,
  type Patience,
  type Refused,
  type GatewaySession,
  type GatewaySessionOptions,
  tokenRefused,
} from "./gateway-session.ts";
import { logRequests } from "./requests.ts";
import { pauseFor } from "./session-starts.ts";

/** Options of the connection. */
export type ConnectionOptions = {
  readonly token: string;
  /** Base address of the REST API, without its version; undefined for Discord's own. */
  readonly apiUrl: string | undefined;
  readonly log: Log;
  readonly patience?: Partial<Patience>;
};

/** The connection. */
export type Connection = {
  /** REST client for answers. Discord does not count interactions towards its global rate limit, and neither does this client. */
  readonly rest: REST;
  /** Resolves when the first session is ready or the first attempt has failed. Never rejects. */
  start(handlers: GatewayHandlers): Promise<void>;
  /** Resolves when the connection ends for good: stopped, or refused by Discord. */
  readonly ended: Promise<"stopped" | Refused>;
  /** Stops receiving events; resolves when the connection is closed. */
  stop(): Promise<void>;
};

/**
 * Default timeouts. At the longest wait, a connection that never holds identifies 180 times a day, plus a few times while the waits grow.
 */
const usual: Patience = { login: 120_000, silence: 180_000, firstWait: 5000, longestWait: 480_000, breaks: 20 };
/** After this many milliseconds a session counts as stable and the waits start over: at most 143 times a day. */
const settled = 600_000;

/** Creates a connection without starting it. */
export function createConnection({ patience, ...given }: ConnectionOptions): Connection {
  const options: GatewaySessionOptions = { ...given, outage: createOutage(), patience: { ...usual, ...patience } };
  const rest = createRest(given);
  const ended = Promise.withResolvers<"stopped" | Refused>();
  const stopping = new AbortController();
  let session: GatewaySession | undefined;
  let living: Promise<void> | undefined;
  const life = async (handlers: GatewayHandlers, tried: () => void): Promise<void> => {
    let next = options.patience.firstWait;
    while (!stopping.signal.aborted) {
      // The SDK drops its token after one 401, which may have been an error of Discord's.
      const starts = await lookAtStarts(rest.setToken(given.token), options, stopping.signal);
      const since = performance.now();
      if (starts === "free" && !stopping.signal.aborted) session = openGatewaySession(options, handlers);
      void session?.ready.then(tried);
      const end = starts === "free" ? await session?.ended : starts;
      await session?.close();
      session = undefined;
      tried();
      if (typeof end === "object") return ended.resolve(end);
      if (performance.now() - since > settled) next = options.patience.firstWait;
      const pause = typeof end === "number" ? end : next;
      next = Math.min(2 * next, options.patience.longestWait);
      if (!stopping.signal.aborted) given.log.info("discord-waiting", { seconds: Math.round(pause / 1000) });
      await wait(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
    ended.resolve("stopped");
  };
  return {
    rest,
    async start(handlers) {
      const { promise, resolve } = Promise.withResolvers<void>();
      living ??= life(handlers, resolve);
      await Promise.race([promise, living]);
    },
    ended: ended.promise,
    async stop() {
      stopping.abort();
      await session?.close();
      await living;
      ended.resolve("stopped");
      rest.clearHashSweeper();
      rest.clearHandlerSweeper();
    },
  };
}

/** The REST client for answers. It never retries. */
function createRest({ token, apiUrl, log }: Pick<ConnectionOptions, "token" | "apiUrl" | "log">): REST {
  return new REST({
    ...(apiUrl === undefined ? {} : { api: apiUrl }),
    makeRequest: logRequests(log),
    // The caller knows which requests are safe to repeat.
    retries: 0,
    timeout: 8000,
    globalRequestsPerSecond: 1000,
  }).setToken(token);
}

type Starts = "free" | "broken" | Refused | number;

/** Whether a session may be started: free, refused for good, broken for now, or the milliseconds until Discord allows more starts. */
async function lookAtStarts(rest: REST, { log, patience }: GatewaySessionOptions, signal: AbortSignal): Promise<Starts> {
  try {
    const pause = pauseFor(await rest.get(Routes.gatewayBot(), { signal }), patience.firstWait);
    if (pause === undefined) return "free";
    log.error("discord-session-starts-spent", { seconds: Math.round(pause / 1000) });
    return pause;
  } catch (error) {
    const isRefused = classify(error).kind === "auth-revoked";
    if (isRefused) log.error("discord-token-refused");
    else log.warn("discord-unreachable", describeError(error));
    return isRefused ? tokenRefused : "broken";
  }
}
