/** Checks gateway packets before the SDK handles them. A packet that cannot be handled is dropped, and the next one is handled. */

import { type Client, GatewayDispatchEvents, GatewayOpcodes } from "discord.js";
import { describeError } from "#src/ports/describe-error.ts";
import type { Log } from "#src/ports/runtime.ts";
import { shareTurns, type Source } from "../shared/fair-turns.ts";

/** Where a dropped packet is reported. */
export type PacketDeps = {
  readonly log: Log;
  /** Called when the dropped packet was essential to the connection, such as READY. */
  readonly onBroken: () => void;
};

/** The part of an SDK shard that receives packets. The SDK does not await its handler, so an exception in it ends the process. */
export type Shard = {
  readonly connection: Source | null;
  onMessage(data: unknown, isBinary: boolean): Promise<void>;
  unpackMessage(data: unknown, isBinary: boolean): Promise<unknown>;
};

type Packet = { readonly op: GatewayOpcodes; readonly t: unknown; readonly s: unknown; readonly d: unknown };

const guarded = new WeakSet<Shard>();

/** Makes `shard` drop packets it cannot handle and pause under load. A second call for the same shard does nothing. */
export function guardPackets(shard: Shard, { log, onBroken }: PacketDeps): void {
  if (guarded.has(shard)) return;
  guarded.add(shard);
  const hear = shard.onMessage.bind(shard);
  const unpack = shard.unpackMessage.bind(shard);
  const heard = shareTurns(() => shard.connection);
  const onMessage: Shard["onMessage"] = async (data, isBinary) => {
    let packet: Packet | undefined;
    try {
      packet = readPacket(await unpack(data, isBinary));
      if (!packet) return;
      check(packet);
      await hear(packet, false);
    } catch (error) {
      log.error("discord-packet-dropped", { packet: nameOf(packet), ...describeError(error) });
      if (packet && isOfConnection(packet)) onBroken();
    } finally {
      heard();
    }
  };
  // The packet is already unpacked: compressed data can be unpacked only once.
  const unpackMessage: Shard["unpackMessage"] = async (packet) => packet;
  Object.assign(shard, { onMessage, unpackMessage });
}

/**
 * Hides all events from the SDK except those about the connection. For the others the SDK builds objects that are unused here, and throws
 * if a field is missing. Listeners to raw packets still receive all of them.
 */
export function keepToConnection(client: Client): void {
  const ws = client.ws as unknown as { handlePacket(packet?: Packet, shard?: unknown): boolean };
  const handle = ws.handlePacket.bind(ws);
  // A call without a packet processes the SDK's queue.
  ws.handlePacket = (packet, shard) => (packet === undefined || isOfConnection(packet) ? handle(packet, shard) : true);
}

/** Undefined for anything that is not a packet; the SDK ignores it, too. */
function readPacket(unpacked: unknown): Packet | undefined {
  if (typeof unpacked !== "object" || unpacked === null || !("op" in unpacked) || typeof unpacked.op !== "number") return undefined;
  const packet: Packet = { t: undefined, s: undefined, d: undefined, ...unpacked, op: unpacked.op };
  return packet;
}

/**
 * Throws for packets that the SDK accepts but that break the connection later: a heartbeat without a pause, or a session that cannot be
 * resumed.
 */
function check({ op, t, d }: Packet): void {
  const data: Readonly<Record<string, unknown>> = { ...(typeof d === "object" ? d : {}) };
  const { heartbeat_interval: pause, session_id: session, resume_gateway_url: url } = data;
  if (op === GatewayOpcodes.Hello && !(typeof pause === "number" && pause > 0))
    throw new TypeError("Hear a greeting: it must say how often a heartbeat is due");
  if (op !== GatewayOpcodes.Dispatch || t !== GatewayDispatchEvents.Ready) return;
  if (typeof session !== "string" || (url !== undefined && !(typeof url === "string" && URL.canParse(url))))
    throw new TypeError("Begin a session: it must say how it is resumed");
}

/** Whether the connection depends on this packet: every opcode but Dispatch, and the events READY and RESUMED. */
function isOfConnection({ op, t }: Packet): boolean {
  return op !== GatewayOpcodes.Dispatch || t === GatewayDispatchEvents.Ready || t === GatewayDispatchEvents.Resumed;
}

const events: ReadonlySet<unknown> = new Set(Object.values(GatewayDispatchEvents));

/** The packet's name for the log. Unknown names are not logged. */
function nameOf(packet: Packet | undefined): string {
  if (packet === undefined) return "unreadable";
  if (packet.op !== GatewayOpcodes.Dispatch) return GatewayOpcodes[packet.op] ?? "unknown";
  return events.has(packet.t) ? String(packet.t) : "unknown";
}
