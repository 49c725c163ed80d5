/** Slack: the coach as slash commands, buttons, mentions, direct messages and an App Home. */

import { App, type Receiver } from "@slack/bolt";
import { createQueue } from "#core/lib/serial.ts";
import type { Adapter, CoachApi } from "#src/ports/adapter.ts";
import type { Clock, Log } from "#src/ports/runtime.ts";
import { createDownload } from "../shared/download.ts";
import { createInFlight } from "../shared/in-flight.ts";
import type { RenderPng } from "../shared/pictures.ts";
import { defaultAnswerWait } from "../shared/retry.ts";
import { sideCallTimeout } from "../shared/with-deadline.ts";
import { createAppHomes } from "./app-home.ts";
import { createMayPost, createChannelPosts, createMayManage } from "./channel-posts.ts";
import { guardEvents } from "./checks/packets.ts";
import { clientOptions, createClient, silent } from "./client.ts";
import { createCommandRewriter } from "./command-names.ts";
import { createSocketTransport, type SocketTransportOptions } from "./connection.ts";
import { createDirectMessages } from "./direct-messages.ts";
import { registerListeners } from "./events.ts";
import { createHttpTransport, type HttpOptions } from "./http/index.ts";
import { fileHosts } from "./inbound-files.ts";
import { createProfiles } from "./profiles.ts";
import type { AnswerDeps } from "./respond.ts";
import { answerOnceMore } from "./resume-answers.ts";

/** What Slack works with, whichever way it is heard. */
export type Options = Shared & (Socket | Http);

type Shared = {
  /** Of the Web API; Slack's own when undefined. */
  readonly apiUrl: string | undefined;
  /** Stands before the names of the slash commands; may be empty. */
  readonly prefix: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Draws SVG text as the bytes of a PNG. */
  readonly renderPng: RenderPng;
  /** Tells whoever runs the coach something that they should read. */
  readonly tell: (transport: string) => void;
  /** After so many milliseconds a call that nobody answers is taken for one that may have been heard; ten seconds unless said. */
  readonly deadline?: number | undefined;
  /** Milliseconds for which an answer is tried, before the outbox has it: a minute unless said. */
  readonly answerWait?: number | undefined;
};

/** One workspace, over Socket Mode. */
type Socket = Omit<SocketTransportOptions, keyof Shared>;

/** Many, over HTTP. */
type Http = Omit<HttpOptions, keyof Shared>;

/** What stands in a conversation stays there: a message is found again by what marks it, for as long as one is of use. */
const recognisesFor = Temporal.Duration.from({ hours: 72 });
/** Milliseconds for which a stop waits for what is under way. */
const draining = 8000;

/**
 * Slack's adapter. Without a connection it goes on trying; it ends by itself only where Slack refuses a token, or where it cannot listen.
 */
export function createSlack(options: Options): Adapter {
  const { apiUrl, log, clock, renderPng, prefix, tell, deadline, answerWait = defaultAnswerWait } = options;
  const rewriteCommands = createCommandRewriter(prefix);
  // Of its own, so that nobody's answer waits behind what is sent unasked.
  const answering = createClient(apiUrl, log, deadline);
  const context = { log, renderPng, rewriteCommands };
  const transport = "appToken" in options ? createSocketTransport(options) : createHttpTransport(options);
  const { tokens } = transport;
  const profiles = createProfiles(answering, clock);
  const directMessages = createDirectMessages({ ...context, client: createClient(apiUrl, log, deadline), clock, tokens, profiles });
  const posts = createChannelPosts({ ...context, client: createClient(apiUrl, log, deadline), tokens });
  const client = createClient(apiUrl, log, Math.min(deadline ?? sideCallTimeout, sideCallTimeout));
  const asking = { mayManage: createMayManage(client), mayPost: createMayPost({ client, log }) };
  const atHand = { ...context, client: answering, pictureWait: sideCallTimeout, profiles };
  const appHomes = createAppHomes(atHand);
  const download = createDownload({ hosts: fileHosts, apiUrl });
  const underWay = createInFlight({ onFull: () => log.warn("slack-overloaded") });
  const stopping = new AbortController();
  const patience = { waited: answerWait, stopping: stopping.signal };
  const inTurn = createQueue();
  const known = { directMessages, tokens, appHomes, download };
  const depsFor = (coach: CoachApi): AnswerDeps => ({ ...atHand, ...asking, ...known, coach, clock, patience, inTurn });
  const { promise: heard, resolve: hear } = Promise.withResolvers<CoachApi>();
  return {
    async start(coach: CoachApi) {
      const app = createApp(transport.receiver, apiUrl, log);
      const deps = depsFor(coach);
      hear(coach);
      registerListeners(app, { deps, tokens, prefix, add: underWay.add });
      await transport.start();
    },
    send: ({ address, reach }, reply, key, since) =>
      reach === "shared" ? posts.send(address, reply, since) : directMessages.send(address, reply, key, since),
    async answer(unanswered) {
      const deps = depsFor(await heard);
      const { promise, resolve } = Promise.withResolvers<void>();
      const isTaken = underWay.add(() => answerOnceMore(unanswered, tokens.find, deps).then(resolve));
      if (isTaken) await promise;
      return isTaken;
    },
    edit: ({ address }, message, reply) => posts.edit(address, message, reply),
    remove: ({ address }, message) => posts.remove(address, message),
    recognisesFor,
    ended: transport.ended.then((words) => (words === undefined ? undefined : sayRefused(words, tell))),
    async stop() {
      // What is tried again is the outbox's from now on.
      stopping.abort();
      await transport.stop();
      await underWay.drain(draining);
    },
  };
}

function sayRefused(words: string, tell: Options["tell"]): "refused" {
  tell(words);
  return "refused";
}

/** Slack says with each event in which workspace it happened; with which token it is answered is looked up there. */
function createApp(receiver: Receiver, apiUrl: string | undefined, log: Log): App {
  const app = new App({ receiver, convoStore: false, logger: silent, clientOptions: clientOptions(apiUrl), authorize: async () => ({}) });
  app.processEvent = guardEvents(app.processEvent.bind(app), log);
  return app;
}
