/** Slack: the coach as slash commands, buttons, mentions, direct messages and an App Home. */

import { App } from "@slack/bolt";
import type { Adapter, Clock, Ear, Log } from "#src/ports.ts";
import type { AnswerDeps } from "./answers.ts";
import { clientOptions, createClient, silent } from "./client.ts";
import { createHomes } from "./home.ts";
import { listen } from "./listen.ts";
import { createPosts, createRights } from "./channels.ts";
import { createMail } from "./mail.ts";
import { createPeople } from "./people.ts";
import { createSession, type Patience, type Session } from "./session.ts";
import { createSpell } from "./spelling.ts";
import { createOwnToken, type OwnToken } from "./tokens.ts";
import { createWork } from "../work.ts";

/** What Slack works with. */
export type Options = {
  /** Of the bot, which speaks with it. */
  readonly botToken: string;
  /** Of the app, which listens with it in Socket Mode. */
  readonly appToken: string;
  /** Of the Web API; Slack's own when undefined. */
  readonly apiUrl: string | undefined;
  /** Stands before the names of the slash commands; may be empty. */
  readonly prefix: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Draws SVG text as the bytes of a PNG. */
  readonly paint: (svg: string) => Promise<Uint8Array>;
  /** Tells whoever runs the coach something that they should read. */
  readonly tell: (line: string) => void;
  readonly patience?: Partial<Patience>;
};

/** What stands in a conversation stays there: a message is found again by what marks it, for as long as one is of use. */
const recognisesFor = Temporal.Duration.from({ hours: 72 });
/** Milliseconds for which a stop waits for what is under way. */
const draining = 10_000;

/** Slack's adapter. Without a connection it goes on trying; it ends by itself only where Slack refuses a token. */
export function createSlack(options: Options): Adapter {
  const { apiUrl, appToken, log, clock, paint, tell } = options;
  const spell = createSpell(options.prefix);
  // Of its own, so that nobody's answer waits behind what is sent unasked.
  const answering = createClient(apiUrl);
  const desk = { log, paint, spell };
  const tokens = createOwnToken(options.botToken, answering);
  const people = createPeople(answering, clock);
  const bar = async (): Promise<void> => log.error("slack-token-refused");
  const mail = createMail({ ...desk, client: createClient(apiUrl), clock, tokens, people, bar });
  const posts = createPosts({ ...desk, client: createClient(apiUrl), tokens, bar });
  const mayManage = createRights(answering);
  const homes = createHomes({ ...desk, client: answering, people });
  const session = createSession({ appToken, apiUrl, log, patience: options.patience });
  const underWay = createWork();
  return {
    async start(ear: Ear) {
      const app = createApp(session.receiver, tokens, apiUrl);
      const deps: AnswerDeps = { ...desk, client: answering, ear, mail, people, homes, mayManage };
      listen(app, { deps, tokens, prefix: options.prefix, add: underWay.add });
      await session.start();
    },
    send: ({ address, reach }, reply, key, since) =>
      reach === "shared" ? posts.send(address, reply, since) : mail.send(address, reply, key, since),
    edit: ({ address }, message, reply) => posts.edit(address, message, reply),
    recognisesFor,
    ended: sayRefused(session.ended, tell),
    async stop() {
      await session.stop();
      await underWay.drain(draining);
    },
  };
}

/** Slack says with each event in which workspace it happened, so nothing has to be asked to answer it but the token. */
function createApp(receiver: Session["receiver"], tokens: OwnToken, apiUrl: string | undefined): App {
  const app = new App({
    receiver,
    logger: silent,
    clientOptions: clientOptions(apiUrl),
    authorize: async () => {
      const { home, token, userId } = await tokens.own();
      return { botToken: token, botUserId: userId, teamId: home };
    },
  });
  return app;
}

async function sayRefused(ended: Session["ended"], tell: Options["tell"]): Promise<void> {
  const end = await ended;
  if (end === "stopped") return;
  tell(
    `Slack does not take SLACK_APP_TOKEN (${end.refused}). Your app on api.slack.com, Basic Information, App-Level Tokens makes a new one, with the scope connections:write.`,
  );
}
