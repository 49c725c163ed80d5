/** One gateway session: a discord.js client from its login until it cannot recover by itself. */

import type { EventEmitter } from "node:events";
import {
  Client,
  Events,
  GatewayCloseCodes,
  GatewayDispatchEvents,
  GatewayIntentBits,
  type GatewayInteractionCreateDispatchData,
  type GatewayMessageCreateDispatchData,
  Options,
  Partials,
  SimpleShardingStrategy,
} from "discord.js";
import { describeError } from "#src/ports/describe-error.ts";
import type { Log } from "#src/ports/runtime.ts";
import type { Outage } from "../shared/outage-log.ts";
import { reasonOf } from "./close-codes.ts";
import { classify } from "./errors.ts";
import { guardPackets, keepToConnection, type PacketDeps, type Shard } from "./packet-checks.ts";

/** Who the bot is. */
export type Ids = { readonly applicationId: string; readonly botId: string; readonly botName: string };

/** Handlers for events, given the payloads as Discord sends them. */
export type GatewayHandlers = {
  readonly onInteraction: (payload: GatewayInteractionCreateDispatchData) => void;
  readonly onMessage: (payload: GatewayMessageCreateDispatchData) => void;
  /** Called once a session. */
  readonly onReady: (ids: Ids) => void;
};

/** Timeouts and waits, in milliseconds, and the limit on breaks. */
export type Patience = {
  /** Without a session after this time, the attempt is given up and repeated later. */
  readonly login: number;
  /** Without an answered heartbeat for this long, the connection counts as dead. */
  readonly silence: number;
  /** The wait before the next attempt doubles each time, up to `longestWait`. */
  readonly firstWait: number;
  readonly longestWait: number;
  /** The session ends after more breaks than this within ten minutes. The SDK reconnects without a pause, hundreds of times a second. */
  readonly breaks: number;
};

/** Options of a session. `apiUrl` undefined means Discord's own API. */
export type GatewaySessionOptions = {
  readonly token: string;
  readonly apiUrl: string | undefined;
  readonly log: Log;
  readonly patience: Patience;
  /** Shared by all sessions of the connection. */
  readonly outage: Outage;
};

/** How a session ends: Discord refuses the bot for good, the connection broke and did not recover, or it was closed. */
export type GatewaySessionEnd = Refused | "broken" | "closed";

/** Discord refuses the bot for good; `refused` is the gateway's close code. */
export type Refused = { readonly refused: number };

/** Discord rejects the token. */
export const tokenRefused: Refused = { refused: GatewayCloseCodes.AuthenticationFailed };

/** An open session. */
export type GatewaySession = { readonly ready: Promise<void>; readonly ended: Promise<GatewaySessionEnd>; close(): Promise<void> };

/** Breaks are counted over this many milliseconds. */
const breaksIn = 600_000;
/** Milliseconds to wait for a client to close. On a dead connection it would wait half a minute for the close frame. */
const goodbye = 1000;

/** Logs in and passes events to `handlers`. An error thrown by a handler is logged and ends nothing. */
export function openGatewaySession(options: GatewaySessionOptions, handlers: GatewayHandlers): GatewaySession {
  const { token, apiUrl, log, patience, outage } = options;
  const ending = new AbortController();
  const ready = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<GatewaySessionEnd>();
  const onClosed = closing(ending.signal, log, outage);
  const client = createClient({ apiUrl, ending: ending.signal, packets: { log, onBroken: () => ended.resolve("broken") }, onClosed });
  const guarded =
    <Payload>(hear: (payload: Payload) => void) =>
    (payload: Payload): void => {
      try {
        hear(payload);
      } catch (error) {
        log.error("discord-handler-failed", describeError(error));
      }
    };
  client.ws.on(GatewayDispatchEvents.InteractionCreate, guarded(handlers.onInteraction));
  client.ws.on(GatewayDispatchEvents.MessageCreate, guarded(handlers.onMessage));
  follow(client, { log, outage, end: ended.resolve, most: patience.breaks });
  const login = setTimeout(() => {
    log.error("discord-login-late", { seconds: patience.login / 1000 });
    ended.resolve("broken");
  }, patience.login);
  const watch = watchHeartbeat(client, patience.silence, (silent) => {
    log.error("discord-heartbeat-lost", { seconds: Math.round(silent / 1000) });
    ended.resolve("broken");
  });
  client.once(Events.ClientReady, ({ application, user }) => {
    clearTimeout(login);
    log.info("discord-ready", backAfter(outage));
    guarded(handlers.onReady)({ applicationId: application.id, botId: user.id, botName: user.username });
    ready.resolve();
  });
  client.login(token).catch((error: unknown) => {
    log.warn("discord-login-failed", describeError(error));
    ended.resolve(classify(error).kind === "auth-revoked" ? tokenRefused : "broken");
  });
  return {
    ready: ready.promise,
    ended: ended.promise,
    async close() {
      ended.resolve("closed");
      ending.abort();
      client.removeAllListeners(Events.ShardReconnecting);
      clearTimeout(login);
      clearInterval(watch);
      // Errors while closing do not matter: the next session uses a new client.
      await Promise.race([client.destroy().catch(() => undefined), resolvedAfter(goodbye)]);
    },
  };
}

/**
 * Creates a client with no privileged intents and minimal caches. A client destroyed between two attempts to connect would still make the
 * next one. It asks for its stored session before each attempt, so that call never resolves once `ending` is aborted. A client destroyed
 * while it connects removes its listeners; an unhandled `error` event would then end the process.
 */
function createClient({ apiUrl, ending, packets, onClosed }: ClientParts): Client {
  const client = new Client({
    ws: {
      buildStrategy(manager) {
        const { options } = manager;
        manager.on("closed", ({ code }: { readonly code: number }) => onClosed(code));
        const recall = options.retrieveSessionInfo.bind(options);
        const strategy = new SimpleShardingStrategy(manager);
        options.retrieveSessionInfo = async (id) => {
          if (ending.aborted) return await new Promise<never>(() => {});
          const session = await recall(id);
          const shard = (strategy as unknown as Opening).shards.get(id);
          if (shard) guardPackets(shard, packets);
          setImmediate(() => hearErrors(shard?.connection));
          return session;
        };
        return strategy;
      },
    },
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
    partials: [Partials.Channel],
    allowedMentions: { parse: [], repliedUser: false },
    enforceNonce: true,
    makeCache: Options.cacheWithLimits({ ...Options.DefaultMakeCacheSettings, MessageManager: 0, UserManager: 1, GuildMemberManager: 1 }),
    rest: { ...(apiUrl === undefined ? {} : { api: apiUrl }), retries: 1, timeout: 8000 },
  });
  keepToConnection(client);
  return client;
}

type ClientParts = {
  readonly apiUrl: string | undefined;
  readonly ending: AbortSignal;
  readonly packets: PacketDeps;
  readonly onClosed: (code: number) => void;
};

/** The SDK asks for its session with each packet, so this adds one listener per connection. */
function hearErrors(connection: EventEmitter | null | undefined): void {
  if (connection && !connection.listeners("error").includes(ignore)) connection.on("error", ignore);
}

const ignore = (): void => {};

/** A private field of the SDK's strategy: its shards and their connections. */
type Opening = { readonly shards: ReadonlyMap<number, Shard & { readonly connection: EventEmitter | null }> };

type Followed = { readonly log: Log; readonly outage: Outage; readonly end: (how: GatewaySessionEnd) => void; readonly most: number };

/** Listens to the client's connection events, logs them and counts breaks. */
function follow(client: Client, { log, outage, end, most }: Followed): void {
  let breaks: number[] = [];
  const count = (): void => {
    const now = performance.now();
    breaks = [...breaks.filter((at) => now - at < breaksIn), now];
    if (client.isReady() && breaks.length <= most) return;
    if (client.isReady()) log.error("discord-connection-unstable", { breaks: breaks.length });
    end("broken");
  };
  client.on(Events.Error, (error) => log.error("discord-client-failed", describeError(error)));
  client.on(Events.ShardResume, () => log.info("discord-resumed", backAfter(outage)));
  client.on(Events.ShardReady, () => {
    if (client.isReady()) log.info("discord-reconnected", backAfter(outage));
  });
  client.on(Events.Invalidated, () => end("broken"));
  client.on(Events.ShardDisconnect, ({ code }) => {
    log.error("discord-closed", { code });
    end({ refused: code });
  });
  client.on(Events.ShardError, (error) => {
    log.warn("discord-connection-failed", describeError(error));
    count();
  });
  client.on(Events.ShardReconnecting, () => {
    log.info("discord-reconnecting");
    count();
  });
}

/** Logs each close that we did not ask for and starts the outage. */
function closing(ending: AbortSignal, log: Log, outage: Outage): (code: number) => void {
  return (code) => {
    if (ending.aborted) return;
    outage.begin();
    log.warn("discord-connection-closed", { code, reason: reasonOf(code) });
  };
}

/** Ends the outage and gives its length in seconds for the log; empty without an outage. */
function backAfter(outage: Outage): Readonly<Record<string, number>> {
  const seconds = outage.end();
  return seconds === undefined ? {} : { seconds };
}

/** Calls `onSilence` once no heartbeat was answered for `silence` milliseconds, measured by a monotonic clock. */
function watchHeartbeat(client: Client, silence: number, onSilence: (silent: number) => void): NodeJS.Timeout {
  let [stamp, heardAt] = [-1, performance.now()];
  return setInterval(() => {
    const latest = client.ws.shards.first()?.lastPingTimestamp ?? -1;
    if (latest !== stamp || !client.isReady()) [stamp, heardAt] = [latest, performance.now()];
    const silent = performance.now() - heardAt;
    if (silent > silence) onSilence(silent);
  }, silence / 12).unref();
}

function resolvedAfter(milliseconds: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  setTimeout(resolve, milliseconds).unref();
  return promise;
}
