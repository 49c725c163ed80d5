/** Gateway sessions: their events, and their current connection. */

import { randomBytes } from "node:crypto";
import { GatewayOpcodes } from "discord.js";
import { WebSocket } from "ws";
import type { Payload } from "./payloads.ts";

/** A connection to the gateway. */
export type Line = {
  readonly socket: WebSocket;
  /** Neither reads nor answers, like a dead connection. */
  isFrozen: boolean;
  session: Session | undefined;
};

/** What a bot resumes after its connection broke. */
export type Session = {
  readonly id: string;
  readonly intents: number;
  /** All sent frames, from number one. */
  readonly frames: { readonly name: string; readonly frame: string }[];
  line: Line | undefined;
};

/** All sessions. */
export type Sessions = {
  open(line: Line, intents: number): Session;
  find(id: string): Session | undefined;
  end(session: Session): void;
  all(): readonly Session[];
  /** Sends an event to a session now, or when it resumes. */
  dispatch(session: Session, name: string, data: Payload): void;
  /** Moves a session to a new connection, and sends what it missed after `seen`, preceded by the last `again` frames that it had. */
  resume(session: Session, line: Line, seen: number, again: number): void;
};

/** Whether the connection is open and not frozen. */
export function isLive(line: Line | undefined): boolean {
  return line !== undefined && !line.isFrozen && line.socket.readyState === WebSocket.OPEN;
}

/** Sends `payload` on a live connection. */
export function send(line: Line | undefined, payload: Payload | string): void {
  if (!line || !isLive(line)) return;
  line.socket.send(typeof payload === "string" ? payload : JSON.stringify(payload));
}

/** Creates an empty set of sessions. */
export function createSessions(): Sessions {
  const sessions = new Map<string, Session>();
  const dispatch: Sessions["dispatch"] = ({ frames, line }, name, data) => {
    const frame = JSON.stringify({ op: GatewayOpcodes.Dispatch, t: name, s: frames.length + 1, d: data });
    frames.push({ name, frame });
    send(line, frame);
  };
  const join = (session: Session, line: Line): void => {
    Object.assign(session, { line });
    Object.assign(line, { session });
  };
  return {
    dispatch,
    open(line, intents) {
      const session: Session = { id: randomBytes(16).toString("hex"), intents, frames: [], line: undefined };
      sessions.set(session.id, session);
      join(session, line);
      return session;
    },
    find: (id) => sessions.get(id),
    end: ({ id }) => void sessions.delete(id),
    all: () => Array.from(sessions.values()),
    resume(session, line, seen, again) {
      join(session, line);
      const { frames } = session;
      const had = frames.slice(0, seen).filter(({ name }) => !["READY", "RESUMED", "GUILD_CREATE"].includes(name));
      const repeated = again === 0 ? [] : had.slice(-again);
      for (const { frame } of [...repeated, ...frames.slice(seen)]) send(line, frame);
      dispatch(session, "RESUMED", {});
    },
  };
}
