/** What is sent unasked goes this way: slower than answers, and not at all for a while where Discord wants less of it. */

import { REST, RESTEvents } from "discord.js";
import type { SendResult } from "#src/ports/adapter.ts";
import { describeError } from "#src/ports/describe-error.ts";
import type { Clock, Log } from "#src/ports/runtime.ts";
import { classify, type Failure } from "./errors.ts";
import { logRequests } from "./requests.ts";

/** What it works with. */
export type RestThrottleOptions = {
  readonly token: string;
  /** Of the REST API, without its version; Discord's own when undefined. */
  readonly apiUrl: string | undefined;
  readonly clock: Clock;
  readonly log: Log;
};

/** The way of all that is sent unasked. */
export type RestThrottle = {
  readonly rest: REST;
  /** How long nothing goes out yet; undefined when all does, with the token in place. */
  ready(): Temporal.Duration | undefined;
  /** What a failed request means; where Discord wants nothing more, nothing more goes out. */
  judge(error: unknown): Failure;
  /** Ends the timers that it holds. */
  close(): void;
};

/** Half of what Discord allows: answers come first, and nobody's limit is to be tried out. */
const perSecond = 25;
/** A wait that is longer is the outbox's to wait. */
const shortWait = 2000;
/** Requests that Discord refuses, in ten minutes: it bars addresses at 10,000. */
const maxRefused = 2000;
/** When a token that was refused may be tried again: somebody has to put in another one. */
const authRevokedFor = Temporal.Duration.from({ hours: 1 });
/** When something may be sent again after Discord wanted less of it. */
const throttledFor = Temporal.Duration.from({ hours: 6 });

/** The way over `options`. */
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
      // The SDK forgets its token after one 401, which may have been a false one.
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

/** Holds back all that is to be sent, for a time. */
function createBrake({ clock, log }: Pick<RestThrottleOptions, "clock" | "log">) {
  let until = clock.now();
  return {
    stop(duration: Temporal.Duration, event: string): void {
      until = clock.now().add(duration);
      log.error(event, { minutes: Math.ceil(duration.total("minutes")) });
    },
    /** How long nothing goes out yet; undefined when all does. */
    left(): Temporal.Duration | undefined {
      const left = clock.now().until(until);
      return left.sign > 0 ? left : undefined;
    },
  };
}

/** Of its own, so that nobody's answer waits behind what is sent unasked. */
function createRest({ token, apiUrl, log }: RestThrottleOptions): REST {
  return new REST({
    ...(apiUrl === undefined ? {} : { api: apiUrl }),
    makeRequest: logRequests(log),
    // The outbox tries again, and keeps count.
    retries: 0,
    timeout: 8000,
    globalRequestsPerSecond: perSecond,
    rejectOnRateLimit: ({ timeToReset }) => timeToReset > shortWait,
    invalidRequestWarningInterval: 100,
  }).setToken(token);
}

/** What a failure means to the outbox. */
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
