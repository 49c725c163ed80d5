/** The gateway handshake: a bot identifies for a new session, or resumes its old one. */

import { GatewayCloseCodes, GatewayIntentBits, GatewayOpcodes } from "discord.js";
import type { Latch } from "./latch.ts";
import { botUser, guildPayload } from "./payloads.ts";
import { isLive, type Line, send, type Sessions } from "./sessions.ts";
import type { Gateway } from "./types.ts";
import type { WorkspaceState } from "./workspace-state.ts";

/** Accepts bots. */
export type Handshake = Pick<Gateway, "identifies" | "resumes" | "answerIdentify" | "replayOnResume" | "sessionStarts"> & {
  identify(line: Line, data: unknown): void;
  resume(line: Line, data: unknown): void;
};

/** What a handshake needs. */
export type HandshakeDeps = {
  readonly workspace: WorkspaceState;
  readonly sessions: Sessions;
  readonly url: () => string;
  readonly changed: Latch;
  /** Ends all sessions for good. */
  readonly refuseAll: () => void;
};

type Identity = { readonly token?: string; readonly intents?: number; readonly shard?: readonly number[] };
type Resumption = { readonly token?: string; readonly session_id?: string; readonly seq?: number };

const privileged = GatewayIntentBits.GuildMembers | GatewayIntentBits.GuildPresences | GatewayIntentBits.MessageContent;
/** All known intents. */
const known = Object.values(GatewayIntentBits).reduce<number>((sum, bit) => sum | (typeof bit === "number" ? bit : 0), 0);

/** Creates a handshake that accepts every bot with the right token. */
export function createHandshake({ workspace, sessions, url, changed, refuseAll }: HandshakeDeps): Handshake {
  const sessionStarts = { remaining: 1000, total: 1000, resetAfter: 14_400_000 };
  let [identifies, resumes, again, isAnswering] = [0, 0, 0, true];
  let held: (() => void)[] = [];

  function welcome(line: Line, { intents = 0, shard }: Identity): void {
    if (!isLive(line)) return;
    const session = sessions.open(line, intents);
    const guilds = workspace.guilds.map(({ id }) => ({ id, unavailable: true }));
    const own = { user: botUser(workspace), application: { id: workspace.bot.id, flags: 0 } };
    const where = { session_id: session.id, resume_gateway_url: url(), ...(shard ? { shard } : {}) };
    sessions.dispatch(session, "READY", { v: 10, ...own, ...where, guilds, private_channels: [], relationships: [] });
    if ((intents & GatewayIntentBits.Guilds) !== 0) {
      for (const guild of workspace.guilds) sessions.dispatch(session, "GUILD_CREATE", guildPayload(guild, workspace));
    }
    changed.ring();
  }

  return {
    sessionStarts,
    get identifies() {
      return identifies;
    },
    get resumes() {
      return resumes;
    },
    answerIdentify(does) {
      isAnswering = does;
      if (!does) return;
      const waiting = held;
      held = [];
      for (const answer of waiting) answer();
    },
    replayOnResume(count) {
      again = count;
    },
    identify(line, data) {
      identifies += 1;
      const identity = data as Identity;
      const code = identityProblem(line, identity, workspace);
      if (code !== undefined) return line.socket.close(code);
      if (sessionStarts.remaining <= 0) {
        workspace.problems.push("Gateway: identified though no session start was left");
        return refuseAll();
      }
      sessionStarts.remaining -= 1;
      if (isAnswering) return welcome(line, identity);
      held.push(() => welcome(line, identity));
    },
    resume(line, data) {
      const { token, session_id: id = "", seq = 0 } = data as Resumption;
      const session = sessions.find(id);
      if (token !== workspace.bot.token) return line.socket.close(GatewayCloseCodes.AuthenticationFailed);
      if (!session) return send(line, { op: GatewayOpcodes.InvalidSession, s: null, t: null, d: false });
      if (seq > session.frames.length) return line.socket.close(GatewayCloseCodes.InvalidSeq);
      resumes += 1;
      sessions.resume(session, line, seq, again);
      again = 0;
      changed.ring();
    },
  };
}

function identityProblem(line: Line, { token, intents }: Identity, { bot }: WorkspaceState): GatewayCloseCodes | undefined {
  if (token !== bot.token) return GatewayCloseCodes.AuthenticationFailed;
  if (line.session) return GatewayCloseCodes.AlreadyAuthenticated;
  if (typeof intents !== "number" || (intents & ~known) !== 0) return GatewayCloseCodes.InvalidIntents;
  return (intents & privileged) === 0 ? undefined : GatewayCloseCodes.DisallowedIntents;
}
