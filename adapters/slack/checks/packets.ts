/** Guards the handling of Slack's packets: one that fails is dropped, logged and acknowledged. */

import type { App } from "@slack/bolt";
import { describeError } from "#src/ports/describe-error.ts";
import type { Log } from "#src/ports/runtime.ts";
import { events } from "../manifest/index.ts";

type Process = App["processEvent"];

/** Documented kinds that we receive. Other kinds are not repeated in the log. */
const others =
  "block_actions view_submission view_closed shortcut message_action block_suggestion url_verification event_callback app_rate_limited " +
  "events_api slash_commands interactive";
const kinds: ReadonlySet<string> = new Set([...events.map((event) => event.replace(/\..*/, "")), ...others.split(" ")]);

/** The kind of `body` for the log; never message text. */
export function kindOf(body: unknown): string {
  const { event, type, command } = fieldsOf(body);
  const kind = fieldsOf(event)["type"] ?? type ?? (command === undefined ? undefined : "slash_commands");
  return typeof kind === "string" && kinds.has(kind) ? kind : "unknown";
}

/** The fields of `value`; none if it is no object. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/**
 * Wraps `hear` so that each packet is acknowledged, even if handling fails. Slack repeats what is not acknowledged. Never rejects: the
 * SDK's receivers would let a rejection end the process.
 */
export function guardEvents(hear: Process, log: Log): Process {
  return async (event) => {
    let isAcknowledged = false;
    const ack: typeof event.ack = async (answer) => {
      isAcknowledged = true;
      await event.ack(answer);
    };
    const tell = (error: unknown): void => tellFailure(error, kindOf(event.body), log);
    const isHeard = await hear({ ...event, ack }).then(
      () => true,
      (error: unknown) => tell(error),
    );
    if (isAcknowledged) return;
    if (isHeard) log.warn("slack-event-unhandled", { packet: kindOf(event.body) });
    await event.ack().catch(tell);
  };
}

/** Logs a failure. If the connection closed before the acknowledgement, Slack repeats the packet on the next one. */
function tellFailure(error: unknown, packet: string, log: Log): void {
  const isClosed = error instanceof Error && "code" in error && String(error.code).startsWith("slack_socket_mode_");
  if (isClosed) log.info("slack-ack-lost", { packet, ...describeError(error) });
  else log.error("slack-event-failed", { packet, ...describeError(originalOf(error)) });
}

/** The original error, which Bolt wraps. */
function originalOf(error: unknown): unknown {
  return error instanceof Error && "original" in error && error.original instanceof Error ? error.original : error;
}
