/** The Discord adapter: slash commands, buttons, mentions and direct messages. */

import { commands } from "#core/commands/index.ts";
import { createQueue } from "#core/lib/serial.ts";
import type { Adapter, CoachApi } from "#src/ports/adapter.ts";
import { describeError } from "#src/ports/describe-error.ts";
import type { Log } from "#src/ports/runtime.ts";
import { createDownload } from "../shared/download.ts";
import { createInFlight } from "../shared/in-flight.ts";
import { defaultAnswerWait } from "../shared/retry.ts";
import { createChannelPosts } from "./channel-posts.ts";
import { register } from "./commands.ts";
import { createConnection, type Connection } from "./connection.ts";
import { createDirectMessages } from "./direct-messages.ts";
import { createDismiss } from "./gate.ts";
import { type Ids, type Patience, tokenRefused } from "./gateway-session.ts";
import { fileHosts } from "./inbound.ts";
import type { RenderContext } from "./render/attachments.ts";
import { type AnswerDeps, answerInteraction, answerMessage } from "./respond.ts";
import { type RestThrottleOptions, createRestThrottle } from "./rest-throttle.ts";
import { answerOnceMore } from "./resume-answers.ts";

/** Options of the adapter. */
export type Options = RestThrottleOptions &
  RenderContext & {
    /** Shows the operator a message that they should read. */
    readonly tell: (connection: string) => void;
    readonly patience?: Partial<Patience>;
    /** Milliseconds for which an answer is retried before the outbox takes it over; a minute by default. */
    readonly answerWait?: number;
  };

/** Discord recognises a nonce for "the past few minutes"; two of them are safe. */
const recognisesFor = Temporal.Duration.from({ minutes: 2 });
/** Milliseconds for which a stop waits for work in flight. */
const draining = 8000;

/** Creates the adapter. It keeps trying to connect, and ends by itself only if Discord refuses the bot for good. */
export function createDiscord(options: Options): Adapter {
  const { token, apiUrl, log, renderPng, tell, clock, answerWait = defaultAnswerWait } = options;
  const connection = createConnection({ token, apiUrl, log, ...(options.patience ? { patience: options.patience } : {}) });
  const throttle = createRestThrottle(options);
  const directMessages = createDirectMessages({ ...options, throttle });
  const posts = createChannelPosts({ ...options, throttle });
  const underWay = createInFlight({ onFull: () => log.warn("discord-overloaded") });
  const dismiss = createDismiss(connection.rest);
  const stopping = new AbortController();
  const patience = { waited: answerWait, stopping: stopping.signal };
  const inTurn = createQueue();
  const download = createDownload({ hosts: fileHosts, apiUrl });
  let botId: string | undefined;
  const { promise: heard, resolve: hear } = Promise.withResolvers<CoachApi>();
  const shared = { rest: connection.rest, directMessages, log, renderPng, clock, patience, inTurn, dismiss, download };
  const depsFor = (coach: CoachApi): AnswerDeps => ({ ...shared, coach });
  return {
    async start(coach: CoachApi) {
      const deps = depsFor(coach);
      hear(coach);
      await connection.start({
        onInteraction: (payload) => underWay.add(() => answerInteraction(payload, deps)),
        onMessage: (payload) => underWay.add(() => answerMessage(payload, botId ?? "", deps)),
        onReady(ids) {
          if (botId === undefined) tell(invitation(ids));
          ({ botId } = ids);
          underWay.add(() => keepRegistered(ids, log, connection.rest));
        },
      });
    },
    send: ({ address, reach }, reply, key) => (reach === "shared" ? posts : directMessages).send(address, reply, key),
    async answer(unanswered) {
      const deps = depsFor(await heard);
      const { promise, resolve } = Promise.withResolvers<void>();
      const isTaken = underWay.add(() => answerOnceMore(unanswered, deps).then(resolve));
      if (isTaken) await promise;
      return isTaken;
    },
    edit: ({ address }, message, reply) => posts.edit(address, message, reply),
    remove: ({ address }, message) => posts.remove(address, message),
    recognisesFor,
    ended: sayRefused(connection.ended, tell),
    async stop() {
      // Answers that still need a retry go to the outbox.
      stopping.abort();
      await connection.stop();
      await underWay.drain(draining);
      throttle.close();
    },
  };
}

async function sayRefused(ended: Connection["ended"], tell: Options["tell"]): Promise<"refused" | undefined> {
  const end = await ended;
  if (end === "stopped") return undefined;
  if (end.refused === tokenRefused.refused) tell(badToken);
  else tell(`Discord closed the connection for good, with its code ${end.refused}: see "Gateway Close Event Codes" in its documentation.`);
  return "refused";
}

const badToken =
  "Discord does not take DISCORD_TOKEN. A new one is made in the developer portal: your app, Bot, Reset Token. Put it into .env and start again.";

/** The fewest permissions that the bot needs: Send Messages, Embed Links, Attach Files. */
const permissions = 0x800 | 0x4000 | 0x8000;

function invitation({ applicationId, botName }: Ids): string {
  const link = `https://discord.com/oauth2/authorize?client_id=${applicationId}`;
  return [
    `Discord: ${botName} is there.`,
    `Invite it to a server: ${link}&permissions=${permissions}&scope=bot+applications.commands`,
    `Take it with you everywhere: ${link}&integration_type=1&scope=applications.commands`,
  ].join("\n  ");
}

/** Registers the commands at each session, so that a failed registration is retried. */
async function keepRegistered({ applicationId }: Ids, log: Log, rest: Connection["rest"]): Promise<void> {
  try {
    const isNews = await register(rest, applicationId, commands);
    log.info(isNews ? "discord-commands-registered" : "discord-commands-unchanged", {
      commands: commands.filter(({ isListed }) => isListed).length,
    });
  } catch (error) {
    log.error("discord-registration-failed", describeError(error));
  }
}
