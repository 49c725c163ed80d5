/** What Slack sends, looked at around the SDK: what cannot be handled is dropped, told and acknowledged, and the next thing is handled. */

import type { App } from "@slack/bolt";
import { describeError } from "#src/ports/describe-error.ts";
import type { Log } from "#src/ports/runtime.ts";
import { events } from "../manifest/index.ts";

type Process = App["processEvent"];

/** Kinds that Slack documents and that are sent here; what is not among them is not repeated in a log. */
const others =
  "block_actions view_submission view_closed shortcut message_action block_suggestion url_verification event_callback app_rate_limited " +
  "events_api slash_commands interactive";
const kinds: ReadonlySet<string> = new Set([...events.map((event) => event.replace(/\..*/, "")), ...others.split(" ")]);

/** What kind of thing `body` is, for a log: never anything that somebody said. */
export function kindOf(body: unknown): string {
  const { event, type, command } = fieldsOf(body);
  const kind = fieldsOf(event)["type"] ?? type ?? (command === undefined ? undefined : "slash_commands");
  return typeof kind === "string" && kinds.has(kind) ? kind : "unknown";
}

/** The fields of `value`, where it is an object. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/**
 * Handles what arrived by `hear`, and acknowledges it whatever comes of it: unless that is done, Slack says the same again and again.
 * Never rejects: the SDK's receivers would let it end the process.
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

/** Where the connection closed before an acknowledgement, Slack says it again on the next one. */
function tellFailure(error: unknown, packet: string, log: Log): void {
  const isClosed = error instanceof Error && "code" in error && String(error.code).startsWith("slack_socket_mode_");
  if (isClosed) log.info("slack-ack-lost", { packet, ...describeError(error) });
  else log.error("slack-event-failed", { packet, ...describeError(originalOf(error)) });
}

/** What a listener threw comes wrapped. */
function originalOf(error: unknown): unknown {
  return error instanceof Error && "original" in error && error.original instanceof Error ? error.original : error;
}
