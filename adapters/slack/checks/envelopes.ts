/** Checks Socket Mode envelopes before the SDK handles them. */

import type { SocketModeReceiver } from "@slack/bolt";
import { describeError } from "#src/ports/describe-error.ts";
import type { Log } from "#src/ports/runtime.ts";
import { shareTurns, type Source } from "../../shared/fair-turns.ts";
import { fieldsOf, kindOf } from "./packets.ts";

type Client = SocketModeReceiver["client"];

/**
 * Makes `client` drop envelopes that it cannot handle. They would end the process, because nobody awaits the promises of the client's own
 * listeners. A dropped envelope is acknowledged if it has an id. Under a flood, the connection yields to other work.
 */
export function guardEnvelopes(client: Client, log: Log): void {
  const readers = earsOf(client, "ws_message");
  const drop = async (error: unknown, packet: string): Promise<void> =>
    log.error("slack-envelope-failed", { packet, ...describeError(error) });
  const hear = async (data: unknown, isBinary: boolean): Promise<void> => {
    const envelope = parse(data);
    const kind = kindOf(envelope);
    const { type, reason } = fieldsOf(envelope);
    if (type === "disconnect")
      log.info("slack-disconnect", { reason: typeof reason === "string" && /^\w{1,40}$/.test(reason) ? reason : "" });
    try {
      const message = fitting(envelope, log);
      await Promise.all(readers.map((read): unknown => read(message, isBinary)));
    } catch (error) {
      await drop(error, kind);
      const { envelope_id: id } = fieldsOf(envelope);
      if (typeof id === "string") await Promise.all(readers.map((read): unknown => read(JSON.stringify(emptied(id)), false)));
    }
  };
  const heard = shareTurns(() => (client as unknown as Connected).websocket?.defaultSocket);
  client.on("ws_message", (data: unknown, isBinary: boolean) => {
    heard();
    void hear(data, isBinary).catch((error: unknown) => drop(error, "unknown"));
  });
  const tellers = earsOf(client, "slack_event");
  client.on("slack_event", (args: unknown) => {
    void Promise.all(tellers.map(async (tell): Promise<unknown> => await tell(args))).catch((error: unknown) => drop(error, "unknown"));
  });
}

/** The client's private socket. */
type Connected = { readonly websocket?: { readonly defaultSocket: Source | null } };

type Ear = (...args: readonly unknown[]) => unknown;

/** Removes and returns the listeners of `event`. */
function earsOf(client: Client, event: string): readonly Ear[] {
  const ears: readonly Ear[] = client.listeners(event);
  client.removeAllListeners(event);
  return ears;
}

function parse(data: unknown): unknown {
  try {
    return typeof data === "string" ? (JSON.parse(data) as unknown) : undefined;
  } catch {
    return undefined;
  }
}

/** Event names that the client uses for its own connection. An envelope of such a type would look like a change of the connection. */
const ownWords: ReadonlySet<unknown> = new Set(
  "connecting connected reconnecting disconnecting disconnected authenticated error close ws_message slack_event outgoing_message".split(
    " ",
  ),
);
const greetings: ReadonlySet<unknown> = new Set(["hello", "disconnect"]);
const wrappers: ReadonlySet<unknown> = new Set(["events_api", "slash_commands", "interactive"]);

/** The envelope in a form that the SDK can read. Throws if there is none. */
function fitting(envelope: unknown, log: Log): string {
  const { type, payload, envelope_id: id } = fieldsOf(envelope);
  if (greetings.has(type)) return JSON.stringify(envelope);
  const isWhole =
    wrappers.has(type) && typeof id === "string" && typeof payload === "object" && payload !== null && !Array.isArray(payload);
  if (!isWhole) throw new TypeError("Read an envelope: it must be of a known kind, with an id and with something in it");
  return JSON.stringify(type === "events_api" ? { ...fieldsOf(envelope), payload: withEvent(payload, log) } : envelope);
}

/** Adds an empty event to a notice of Slack's that has none, such as a rate limit, so that it is acknowledged. */
function withEvent(payload: object, log: Log): object {
  const { type, event } = fieldsOf(payload);
  if (event === undefined && type !== "event_callback") {
    log.error("slack-notice", { notice: kindOf(payload) });
    return { ...payload, event: { type: "notice" } };
  }
  const kind = fieldsOf(event)["type"];
  if (typeof kind === "string" && !ownWords.has(kind)) return payload;
  throw new TypeError("Read an event: it must say of which kind it is");
}

/** An empty envelope with that id, which is only acknowledged. */
function emptied(id: string): object {
  return { type: "events_api", envelope_id: id, payload: { type: "event_callback", event: { type: "dropped" } } };
}
