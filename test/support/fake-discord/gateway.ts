/** Discord's gateway: events for the bot, and faults of its connection. */

import type { IncomingMessage, Server as HttpServer } from "node:http";
import type { Duplex } from "node:stream";
import { GatewayCloseCodes, GatewayOpcodes } from "discord.js";
import { WebSocketServer } from "ws";
import type { Latch } from "./latch.ts";
import { createHandshake } from "./handshake.ts";
import type { Payload } from "./payloads.ts";
import { createSessions, isLive, type Line, send } from "./sessions.ts";
import type { Gateway } from "./types.ts";
import type { WorkspaceState } from "./workspace-state.ts";

/** The gateway as the fake server uses it. */
export type GatewayDoor = {
  readonly gateway: Gateway;
  /** Sends an event to every session with one of `intents`; to all sessions if undefined. */
  dispatch(event: { readonly name: string; readonly data: Payload; readonly intents?: number; readonly isRepeatable: boolean }): void;
  deliverTwice(times: number): void;
  close(): void;
};

/** What the gateway needs. */
export type GatewayDeps = {
  readonly workspace: WorkspaceState;
  readonly http: HttpServer;
  readonly heartbeat: number;
  /** The URL for reconnecting. */
  readonly url: () => string;
  readonly changed: Latch;
};

/** Close codes that end a session. */
const finalCodes: readonly number[] = [1000, 1001, 4003, 4004, 4007, 4009, 4010, 4011, 4012, 4013, 4014];

/** Opens the gateway on `http`. */
export function openGateway({ workspace, http, heartbeat, url, changed }: GatewayDeps): GatewayDoor {
  const sessions = createSessions();
  const lines = new Set<Line>();
  const handshake = createHandshake({ workspace, sessions, url, changed, refuseAll });
  const webSockets = new WebSocketServer({ noServer: true });
  let [connections, heartbeats, refusal, twice] = [0, 0, 0, 0];
  let change = (data: Payload): unknown => data;
  http.on("upgrade", (request, socket, head) => {
    if (refusal === 0) webSockets.handleUpgrade(request, socket, head, (webSocket) => connect(webSocket, request));
    else refuseUpgrade(socket, refusal);
  });

  function connect(socket: Line["socket"], { url: asked = "" }: IncomingMessage): void {
    connections += 1;
    const line: Line = { socket, isFrozen: false, session: undefined };
    lines.add(line);
    socket.on("error", () => undefined);
    socket.on("close", (code) => leave(line, code));
    socket.on("message", (data: Buffer) => hear(line, data.toString("utf8")));
    if (!/[?&]v=10(?:&|$)/u.test(asked)) return socket.close(GatewayCloseCodes.InvalidAPIVersion);
    return send(line, { op: GatewayOpcodes.Hello, s: null, t: null, d: { heartbeat_interval: heartbeat } });
  }

  function leave(line: Line, code: number): void {
    lines.delete(line);
    const { session } = line;
    if (!session || session.line !== line) return;
    session.line = undefined;
    if (finalCodes.includes(code)) sessions.end(session);
  }

  function hear(line: Line, text: string): void {
    const frame = parsed(text);
    if (!frame) line.socket.close(GatewayCloseCodes.DecodeError);
    else if (frame.op === GatewayOpcodes.Heartbeat) beat(line);
    else if (frame.op === GatewayOpcodes.Identify) handshake.identify(line, frame.d);
    else if (frame.op === GatewayOpcodes.Resume) handshake.resume(line, frame.d);
    else if (!line.session) line.socket.close(GatewayCloseCodes.NotAuthenticated);
    else if (!(frame.op in GatewayOpcodes)) line.socket.close(GatewayCloseCodes.UnknownOpcode);
  }

  function beat(line: Line): void {
    heartbeats += 1;
    send(line, { op: GatewayOpcodes.HeartbeatAck, s: null, t: null });
  }

  /** Detaches a connection from its session at once, however late it closes. */
  function part(line: Line, isOver: boolean): void {
    const { session } = line;
    if (!session) return;
    if (session.line === line) session.line = undefined;
    if (isOver) sessions.end(session);
    Object.assign(line, { session: undefined });
  }

  function closeAll(code: number): void {
    for (const line of lines) {
      part(line, finalCodes.includes(code));
      line.socket.close(code);
    }
  }

  function refuseAll(): void {
    closeAll(GatewayCloseCodes.AuthenticationFailed);
  }

  const live = (): readonly Line[] => Array.from(lines).filter((line) => line.session !== undefined && isLive(line));
  const gateway: Gateway = {
    get sessions() {
      return live().length;
    },
    get identifies() {
      return handshake.identifies;
    },
    get resumes() {
      return handshake.resumes;
    },
    get connections() {
      return connections;
    },
    get heartbeats() {
      return heartbeats;
    },
    closeAll,
    freeze() {
      for (const line of lines) {
        line.isFrozen = true;
        line.socket.pause();
      }
    },
    cut() {
      for (const line of lines) {
        part(line, false);
        line.socket.terminate();
      }
    },
    get sent() {
      const [latest] = sessions.all().slice(-1);
      return (latest?.frames ?? []).map(({ frame }) => JSON.parse(frame) as { readonly t: string; readonly d: Payload });
    },
    spoilNext: (spoil) => void (change = spoil),
    dispatch(name, data) {
      for (const session of sessions.all()) sessions.dispatch(session, name, data as Payload);
    },
    send(frame) {
      for (const line of live()) line.socket.send(frame);
    },
    requestReconnect() {
      for (const line of live()) send(line, { op: GatewayOpcodes.Reconnect, s: null, t: null, d: null });
    },
    invalidate(isResumable) {
      for (const line of live()) {
        part(line, !isResumable);
        send(line, { op: GatewayOpcodes.InvalidSession, s: null, t: null, d: isResumable });
      }
    },
    refuse(status) {
      refusal = status;
    },
    accept() {
      refusal = 0;
    },
    answerIdentify: handshake.answerIdentify,
    replayOnResume: handshake.replayOnResume,
    get sessionStarts() {
      return handshake.sessionStarts;
    },
    set sessionStarts(starts) {
      Object.assign(handshake.sessionStarts, starts);
    },
    ready: async () => void (await changed.until(() => (live().length > 0 ? true : undefined))),
  };
  return {
    gateway,
    dispatch({ name, data: intact, intents, isRepeatable }) {
      const data = change(intact) as Payload;
      change = (next) => next;
      const times = isRepeatable && twice > 0 ? 2 : 1;
      if (times === 2) twice -= 1;
      for (const session of sessions.all()) {
        if (intents !== undefined && (session.intents & intents) === 0) continue;
        for (let sent = 0; sent < times; sent += 1) sessions.dispatch(session, name, data);
      }
    },
    deliverTwice(times) {
      twice += times;
    },
    close() {
      for (const { socket } of lines) socket.terminate();
      webSockets.close();
    },
  };
}

function refuseUpgrade(socket: Duplex, status: number): void {
  socket.on("error", () => undefined);
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

type Frame = { readonly op: GatewayOpcodes; readonly d: unknown };

function parsed(text: string): Frame | undefined {
  try {
    const frame: unknown = JSON.parse(text);
    return typeof frame === "object" && frame !== null && "op" in frame ? (frame as Frame) : undefined;
  } catch {
    return undefined;
  }
}
