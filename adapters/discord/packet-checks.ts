/** What the gateway sends, looked at before the SDK acts on it: a packet that cannot be handled is dropped, and the next one is handled. */

import { type Client, GatewayDispatchEvents, GatewayOpcodes } from "discord.js";
import { describeError } from "#src/ports/describe-error.ts";
import type { Log } from "#src/ports/runtime.ts";
import { shareTurns, type Source } from "../shared/fair-turns.ts";

/** What a packet is dropped with. */
export type PacketDeps = {
  readonly log: Log;
  /** Called where the packet was one that the connection itself cannot do without, such as READY. */
  readonly onBroken: () => void;
};

/** The part of a shard of the SDK that hears its connection. Its packets are handled where nobody waits, so that what they throw ends the process. */
export type Shard = {
  readonly connection: Source | null;
  onMessage(data: unknown, isBinary: boolean): Promise<void>;
  unpackMessage(data: unknown, isBinary: boolean): Promise<unknown>;
};

type Packet = { readonly op: GatewayOpcodes; readonly t: unknown; readonly s: unknown; readonly d: unknown };

const guarded = new WeakSet<Shard>();

/** Makes `shard` drop what it cannot handle, and wait for others where it is sent much. Called again for the same shard it does nothing. */
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
  // It was unpacked already: compressed data can be unpacked only once.
  const unpackMessage: Shard["unpackMessage"] = async (packet) => packet;
  Object.assign(shard, { onMessage, unpackMessage });
}

/**
 * The SDK makes objects of everything that arrives, for caches and events of which nothing is used here, and fails where a field is missing.
 * It is given what tells it how its connection is, and nothing else; whoever listens to the raw packets hears them all.
 */
export function keepToConnection(client: Client): void {
  const ws = client.ws as unknown as { handlePacket(packet?: Packet, shard?: unknown): boolean };
  const handle = ws.handlePacket.bind(ws);
  // Without a packet it is called to look at those that wait.
  ws.handlePacket = (packet, shard) => (packet === undefined || isOfConnection(packet) ? handle(packet, shard) : true);
}

/** Undefined for what is no packet at all, which the SDK passes over, too. */
function readPacket(unpacked: unknown): Packet | undefined {
  if (typeof unpacked !== "object" || unpacked === null || !("op" in unpacked) || typeof unpacked.op !== "number") return undefined;
  const packet: Packet = { t: undefined, s: undefined, d: undefined, ...unpacked, op: unpacked.op };
  return packet;
}

/** Throws where the SDK would take what breaks the connection later: a heartbeat without a pause, or a session that cannot be resumed. */
function check({ op, t, d }: Packet): void {
  const data: Readonly<Record<string, unknown>> = { ...(typeof d === "object" ? d : {}) };
  const { heartbeat_interval: pause, session_id: session, resume_gateway_url: url } = data;
  if (op === GatewayOpcodes.Hello && !(typeof pause === "number" && pause > 0))
    throw new TypeError("Hear a greeting: it must say how often a heartbeat is due");
  if (op !== GatewayOpcodes.Dispatch || t !== GatewayDispatchEvents.Ready) return;
  if (typeof session !== "string" || (url !== undefined && !(typeof url === "string" && URL.canParse(url))))
    throw new TypeError("Begin a session: it must say how it is resumed");
}

/** Whether the connection goes on only when this was handled: all but events, and the events with which a session begins. */
function isOfConnection({ op, t }: Packet): boolean {
  return op !== GatewayOpcodes.Dispatch || t === GatewayDispatchEvents.Ready || t === GatewayDispatchEvents.Resumed;
}

const events: ReadonlySet<unknown> = new Set(Object.values(GatewayDispatchEvents));

/** What is not known by name is not repeated. */
function nameOf(packet: Packet | undefined): string {
  if (packet === undefined) return "unreadable";
  if (packet.op !== GatewayOpcodes.Dispatch) return GatewayOpcodes[packet.op] ?? "unknown";
  return events.has(packet.t) ? String(packet.t) : "unknown";
}
