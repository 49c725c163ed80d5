/** The REST client for unasked messages: slower than answers, and paused when Discord demands it. */

import { REST, RESTEvents } from "discord.js";
import type { SendResult } from "#src/ports/adapter.ts";
import { describeError } from "#src/ports/describe-error.ts";
import type { Clock, Log } from "#src/ports/runtime.ts";
import { classify, type Failure } from "./errors.ts";
import { logRequests } from "./requests.ts";

/** Options of the throttle. */
export type RestThrottleOptions = {
  readonly token: string;
  /** Base address of the REST API, without its version; undefined for Discord's own. */
  readonly apiUrl: string | undefined;
  readonly clock: Clock;
  readonly log: Log;
};

/** A throttled REST client for unasked messages. */
export type RestThrottle = {
  readonly rest: REST;
  /** Time left of a pause; undefined without one. Restores the token. */
  ready(): Temporal.Duration | undefined;
  /** Classifies a failed request and pauses sending if Discord demands it. */
  judge(error: unknown): Failure;
  /** Stops the client's timers. */
  close(): void;
};

/** Requests a second: half of what Discord allows, because answers come first and the limit must not be reached. */
const perSecond = 25;
/** Milliseconds. A longer rate limit is left to the outbox. */
const shortWait = 2000;
/** Refused requests within ten minutes before we pause. Discord bans IP addresses at 10,000. */
const maxRefused = 2000;
/** Pause after a refused token: the operator has to replace it. */
const authRevokedFor = Temporal.Duration.from({ hours: 1 });
/** Pause after Discord throttled unasked messages. */
const throttledFor = Temporal.Duration.from({ hours: 6 });

/** Creates the throttle. */
export function createRestThrottle(options: RestThrottleOptions): RestThrottle {
  const { log, token } = options;
  const rest = createRest(options);
  const brake = createBrake(options);
  rest.on(RESTEvents.InvalidRequestWarning, ({ count, remainingTime }) => {
    if (count >= maxRefused) brake.stop(Temporal.Duration.from({ milliseconds: Math.ceil(remainingTime) }), "discord-refusals");
  });
  return {
    rest,
    ready() {
      // The SDK drops its token after one 401, which may have been an error of Discord's.
      rest.setToken(token);
      return brake.left();
    },
    judge(error) {
      const failure = classify(error);
      if (failure.kind === "auth-revoked") brake.stop(authRevokedFor, "discord-token-refused");
      if (failure.kind === "throttled") brake.stop(throttledFor, "discord-throttled");
      if (failure.kind === "ambiguous") log.warn("discord-ambiguous", describeError(error));
      return failure;
    },
    close() {
      rest.clearHashSweeper();
      rest.clearHandlerSweeper();
    },
  };
}

/** Pauses all sending for a time. */
function createBrake({ clock, log }: Pick<RestThrottleOptions, "clock" | "log">) {
  let until = clock.now();
  return {
    stop(duration: Temporal.Duration, event: string): void {
      until = clock.now().add(duration);
      log.error(event, { minutes: Math.ceil(duration.total("minutes")) });
    },
    /** Time left of the pause; undefined without one. */
    left(): Temporal.Duration | undefined {
      const left = clock.now().until(until);
      return left.sign > 0 ? left : undefined;
    },
  };
}

/** A separate client, so that no answer queues behind unasked messages. */
function createRest({ token, apiUrl, log }: RestThrottleOptions): REST {
  return new REST({
    ...(apiUrl === undefined ? {} : { api: apiUrl }),
    makeRequest: logRequests(log),
    // The outbox retries and counts attempts.
    retries: 0,
    timeout: 8000,
    globalRequestsPerSecond: perSecond,
    rejectOnRateLimit: ({ timeToReset }) => timeToReset > shortWait,
    invalidRequestWarningInterval: 100,
  }).setToken(token);
}

/** Maps a failure to the outbox's result. */
export function resultOf(failure: Failure): SendResult {
  switch (failure.kind) {
    case "wait":
      return { kind: "later", after: failure.after };
    case "auth-revoked":
      return { kind: "later", after: authRevokedFor };
    case "throttled":
      return { kind: "later", after: throttledFor };
    case "not-sent":
    case "channel-gone":
      return { kind: "later" };
    case "done":
      return { kind: "sent" };
    case "ambiguous":
      return { kind: "unknown" };
    case "closed":
    case "refused":
      return failure;
    case "expired":
      return { kind: "refused", code: "expired" };
  }
}
