/** One client of discord.js, from its login to the end of all that it can mend itself. */

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

/** What is done with what comes in, as Discord sends it. */
export type GatewayHandlers = {
  readonly onInteraction: (payload: GatewayInteractionCreateDispatchData) => void;
  readonly onMessage: (payload: GatewayMessageCreateDispatchData) => void;
  /** Called once a session. */
  readonly onReady: (ids: Ids) => void;
};

/** Milliseconds for which is waited. */
export type Patience = {
  /** No session by then: it is given up, and tried again. */
  readonly login: number;
  /** No heartbeat was answered for so long: the connection is dead. */
  readonly silence: number;
  /** Before the next try, doubled each time up to the longest. */
  readonly firstWait: number;
  readonly longestWait: number;
  /** More breaks than that within ten minutes, and the connection is given up: the SDK tries again at once, hundreds of times a second. */
  readonly breaks: number;
};

/** What a session works with. `apiUrl` is Discord's own when undefined. */
export type GatewaySessionOptions = {
  readonly token: string;
  readonly apiUrl: string | undefined;
  readonly log: Log;
  readonly patience: Patience;
  /** Of the connection, over all of its sessions. */
  readonly outage: Outage;
};

/** How a session ends: Discord refuses the bot for good, the connection broke for more than a moment, or it was closed. */
export type GatewaySessionEnd = Refused | "broken" | "closed";

/** That Discord will not take the bot back, by the code with which it closes the gateway for good. */
export type Refused = { readonly refused: number };

/** Discord does not take the token. */
export const tokenRefused: Refused = { refused: GatewayCloseCodes.AuthenticationFailed };

/** A session. */
export type GatewaySession = { readonly ready: Promise<void>; readonly ended: Promise<GatewaySessionEnd>; close(): Promise<void> };

/** The milliseconds within which breaks are counted. */
const breaksIn = 600_000;
/** A client on a dead connection waits half a minute for a goodbye; nobody waits for that. */
const goodbye = 1000;

/** Logs in, and hands what comes to `heard`. No error of what is done with it ends anything. */
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
      // What goes wrong in leaving is of no use to anybody: the next session is another client.
      await Promise.race([client.destroy().catch(() => undefined), resolvedAfter(goodbye)]);
    },
  };
}

/**
 * It hears what is meant for the bot without any privileged intent, and remembers as little as it can. Destroyed between two tries to
 * connect it would make the next all the same; before each it asks for the session that it had, and gets no answer once `ending` has come.
 * Destroyed while it opens a connection it hears no more of that, and an error that nobody hears would end the process.
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

/** The SDK asks for its session with each thing that arrives, and one listener for each connection is enough. */
function hearErrors(connection: EventEmitter | null | undefined): void {
  if (connection && !connection.listeners("error").includes(ignore)) connection.on("error", ignore);
}

const ignore = (): void => {};

/** What the SDK keeps to itself of the connections that it opens. */
type Opening = { readonly shards: ReadonlyMap<number, Shard & { readonly connection: EventEmitter | null }> };

type Followed = { readonly log: Log; readonly outage: Outage; readonly end: (how: GatewaySessionEnd) => void; readonly most: number };

/** Listens to all that tells how the connection is. */
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

/** Tells of a connection that closes, unless it is on purpose. */
function closing(ending: AbortSignal, log: Log, outage: Outage): (code: number) => void {
  return (code) => {
    if (ending.aborted) return;
    outage.begin();
    log.warn("discord-connection-closed", { code, reason: reasonOf(code) });
  };
}

/** For how many seconds the connection was out, where it was. */
function backAfter(outage: Outage): Readonly<Record<string, number>> {
  const seconds = outage.end();
  return seconds === undefined ? {} : { seconds };
}

/** Calls `onSilence` once no heartbeat was answered for `silence` milliseconds, by a clock that nobody turns. */
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
