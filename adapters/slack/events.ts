/**
 * Registers the Slack listeners. Each event is started and acknowledged at the same time, and answered afterwards. An event is answered
 * even if its acknowledgement is lost; when Slack sends it again, it is recognised as a duplicate.
 */

import type { App } from "@slack/bolt";
import { describeError } from "#src/ports/describe-error.ts";
import { sayUninstalled } from "#core/voice/trouble.ts";
import { admittedCoach } from "../shared/gate.ts";
import type { InFlight } from "../shared/in-flight.ts";
import { answer, type AnswerDeps, answerPress, answerShortcut } from "./respond.ts";
import { respond } from "./client.ts";
import { type Asked, isConversation, readMessage, readPressed, readSlash, readSubmission, type Said, sourceOf } from "./inbound.ts";
import { shortcut } from "./manifest/index.ts";
import { accountOf } from "./profiles.ts";
import { type Bot, readId, type Someone } from "./ids.ts";
import { renderReply } from "./render/index.ts";
import type { BotTokens } from "./http/bot-tokens.ts";

/** What the listeners need. */
export type ListenerDeps = {
  readonly deps: AnswerDeps;
  readonly tokens: BotTokens;
  readonly prefix: string;
  /** Starts work that a stop waits for, unless too much is in flight. */
  readonly add: InFlight["add"];
};

/** The workspace and organisation of an event, as Bolt reports them. */
type Context = { readonly teamId?: string | undefined; readonly enterpriseId?: string | undefined; readonly isEnterpriseInstall?: boolean };

/** Registers all listeners on `app`. */
export function registerListeners(app: App, listening: ListenerDeps): void {
  registerMessageListeners(app, listening);
  registerPressListeners(app, listening);
  registerHomeListeners(app, listening);
}

/** The workspace of the bot, or the organisation if the app is installed in all of it. */
function workspaceOf({ teamId, enterpriseId, isEnterpriseInstall }: Context): string {
  return (isEnterpriseInstall ? enterpriseId : teamId) ?? "";
}

/** The sender. A person from another workspace of a shared channel belongs to their own workspace. Throws if Slack names nobody. */
function someoneIn(context: Context, user: string, team: string | undefined): Someone {
  const home = workspaceOf(context);
  return { home: context.isEnterpriseInstall || !team ? home : readId(team), user: readId(user) };
}

/** Runs `act` as the bot of that workspace. Without a token, `url`, if given, receives a notice. Never throws: failures are logged. */
function withBot({ deps, tokens, add }: ListenerDeps, context: Context, act: (bot: Bot) => Promise<void>, url?: string): void {
  add(async () => {
    const bot = tokens.find(workspaceOf(context)).catch((error: unknown) => deps.log.error("slack-token-failed", describeError(error)));
    const work = bot.then(async (found) => (found ? await act(found) : await sayNotInstalled(deps, url)));
    await work.catch((error: unknown) => deps.log.error("slack-answer-failed", describeError(error)));
  });
}

/** Runs `act` with the request if the gate admits it. */
function take(listening: ListenerDeps, { asked, context, url }: Taking, act: (bot: Bot, deps: AnswerDeps) => Promise<void>): void {
  const { deps } = listening;
  const { source, someone, surface, text } = asked;
  const coach = admittedCoach(deps.coach, { source, account: accountOf(someone, undefined), surface, text });
  if (coach) withBot(listening, context, (bot) => act(bot, { ...deps, coach }), url);
}

function mayGlance({ deps }: ListenerDeps, someone: Someone): boolean {
  return deps.coach.gate?.glance(accountOf(someone, undefined)) ?? true;
}

/** A request, its workspace, and its response URL if there is one. */
type Taking = { readonly asked: Asked; readonly context: Context; readonly url?: string | undefined };

async function sayNotInstalled({ log }: AnswerDeps, url: string | undefined): Promise<void> {
  log.warn("slack-not-installed");
  const [message] = renderReply({ blocks: [sayUninstalled()] }, new Map());
  if (url !== undefined) await respond(url, { ...message, response_type: "ephemeral", replace_original: false }, log);
}

function registerMessageListeners(app: App, listening: ListenerDeps): void {
  const { prefix } = listening;
  app.command(/.*/, async ({ ack, body, context }) => {
    const asked = readSlash(body, someoneIn(context, body.user_id, body.team_id), prefix);
    take(listening, { asked, context, url: body.response_url }, (bot, heard) => answer(asked, bot, heard));
    await ack();
  });
  const hear = (said: Said & { readonly user_team?: string; readonly team?: string }, context: Context, isDirect: boolean): void => {
    if (!said.user) return;
    const someone = someoneIn(context, said.user, said.user_team ?? said.team);
    // Recognising the bot's own mention needs its token. Dropped messages are not worth that look-up.
    const heard = { home: workspaceOf(context), isDirect, prefix };
    const asked = readMessage({ ...said, text: withoutMentions(said.text) }, someone, { ...heard, botId: "" });
    if (!asked) return;
    take(listening, { asked, context }, async (bot, deps) => {
      const whole = readMessage(said, someone, { ...heard, botId: bot.userId });
      if (whole) await answer(whole, bot, deps);
    });
  };
  app.event("app_mention", async ({ event, context }) => hear(event, context, isConversation(event.channel)));
  app.event("message", async ({ event, context }) => {
    if (event.channel_type === "im") hear(event, context, true);
  });
}

function withoutMentions(text: string | null | undefined): string {
  return (text ?? "").replaceAll(/<@[^<>]*>/g, " ");
}

function registerPressListeners(app: App, listening: ListenerDeps): void {
  const { deps } = listening;
  app.action({ type: "block_actions" }, async ({ ack, body, context }) => {
    const someone = someoneIn(context, body.user.id, body.user.team_id);
    const press = body as Parameters<typeof readPressed>[0];
    const pressed = readPressed(press, someone);
    take(listening, { asked: pressed.asked, context, url: press.response_url }, (bot, heard) => answerPress(pressed, bot, heard));
    await ack();
  });
  app.view({ type: "view_submission", callback_id: /.*/ }, async ({ ack, body, context }) => {
    const asked: Asked = readSubmission(body, someoneIn(context, body.user.id, body.user.team_id));
    take(listening, { asked, context }, (bot, heard) => answer(asked, bot, heard));
    await ack();
  });
  app.shortcut(shortcut.id, async ({ ack, body, context }) => {
    const someone = someoneIn(context, body.user.id, body.user.team_id ?? body.team?.id);
    const pressed = { source: sourceOf(body.trigger_id), someone, trigger: body.trigger_id };
    if (mayGlance(listening, someone)) withBot(listening, context, (bot) => answerShortcut(pressed, bot, deps));
    await ack();
  });
}

function registerHomeListeners(app: App, listening: ListenerDeps): void {
  const { deps, tokens, add } = listening;
  app.event("app_home_opened", async ({ event, context }) => {
    const someone = { home: workspaceOf(context), user: event.user };
    if (event.tab !== "home" || !mayGlance(listening, someone)) return;
    withBot(listening, context, async (bot) => {
      const shown = await deps.appHomes.show(bot, someone, deps.coach);
      if (shown.kind !== "shown") deps.log.error("slack-app-home-failed", { kind: shown.kind });
    });
  });
  // Slack may send this late, after a reinstallation. People and sessions of the workspace are kept in any case.
  const check = async ({ context: { teamId, enterpriseId } }: { readonly context: Context }): Promise<void> => {
    for (const home of [teamId, enterpriseId]) if (home) add(() => tokens.check(home));
  };
  app.event("app_uninstalled", check);
  app.event("tokens_revoked", check);
  app.event("user_change", async ({ event, context }) => {
    const someone = someoneIn(context, event.user.id, event.user.team_id);
    withBot(listening, context, () => deps.coach.updateTimeZone(accountOf(someone, deps.profiles.learn(someone, event.user))));
  });
}
