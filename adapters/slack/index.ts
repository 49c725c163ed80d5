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

/** Options for either transport. */
export type Options = Shared & (Socket | Http);

type Shared = {
  /** URL of the Web API; Slack's own if undefined. */
  readonly apiUrl: string | undefined;
  /** Prefix of the slash commands' names; may be empty. */
  readonly prefix: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Renders SVG text as PNG bytes. */
  readonly renderPng: RenderPng;
  /** Reports something to the operator. */
  readonly tell: (transport: string) => void;
  /** Milliseconds after which an unanswered call counts as ambiguous. Default: ten seconds. */
  readonly deadline?: number | undefined;
  /** Milliseconds for which an answer is retried before the outbox takes over. Default: one minute. */
  readonly answerWait?: number | undefined;
};

/** One workspace, over Socket Mode. */
type Socket = Omit<SocketTransportOptions, keyof Shared>;

/** Many workspaces, over HTTP. */
type Http = Omit<HttpOptions, keyof Shared>;

/** How long a sent message is recognised by its mark. Messages stay there, so this is the time in which a retry is useful. */
const recognisesFor = Temporal.Duration.from({ hours: 72 });
/** Milliseconds for which a stop waits for work in flight. */
const draining = 8000;

/** Creates Slack's adapter. It reconnects without limit. It ends by itself only if Slack refuses a token, or if it cannot listen. */
export function createSlack(options: Options): Adapter {
  const { apiUrl, log, clock, renderPng, prefix, tell, deadline, answerWait = defaultAnswerWait } = options;
  const rewriteCommands = createCommandRewriter(prefix);
  // A separate client, so that answers do not queue behind outbox messages.
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
      // From now on only the outbox retries.
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

/** Creates Bolt's app. Each event names its workspace; the token is looked up by it. */
function createApp(receiver: Receiver, apiUrl: string | undefined, log: Log): App {
  const app = new App({ receiver, convoStore: false, logger: silent, clientOptions: clientOptions(apiUrl), authorize: async () => ({}) });
  app.processEvent = guardEvents(app.processEvent.bind(app), log);
  return app;
}
