/** What the adapter listens to: each thing is acknowledged first, and answered afterwards. */

import type { App } from "@slack/bolt";
import { placeOf } from "#core/place.ts";
import { answer, type AnswerDeps, answerPress } from "./answers.ts";
import { type Asked, readMessage, readPressed, readSlash, readSubmission, type Said, spellPlace } from "./inbound.ts";
import { shortcut } from "./manifest.ts";
import { accountOf } from "./people.ts";
import type { Bot, Someone } from "./place.ts";
import { renderForm } from "./render.ts";
import type { Tokens } from "./tokens.ts";

/** What is listened with. */
export type Listening = {
  readonly deps: AnswerDeps;
  readonly tokens: Tokens;
  readonly prefix: string;
  /** Keeps what is under way until a stop has waited for it. */
  readonly add: (work: Promise<void>) => void;
};

/** Where something happened, as Bolt tells it. */
type Context = { readonly teamId?: string | undefined; readonly enterpriseId?: string | undefined; readonly isEnterpriseInstall?: boolean };

/** Hears what `app` hears. */
export function listen(app: App, listening: Listening): void {
  listenToWords(app, listening);
  listenToPresses(app, listening);
  listenToHomes(app, listening);
}

/** The workspace that the bot is in, or the organisation where it is in all of it. */
function homeOf({ teamId, enterpriseId, isEnterpriseInstall }: Context): string {
  return (isEnterpriseInstall ? enterpriseId : teamId) ?? "";
}

/** Somebody from a workspace that shares a channel with this one is who they are at home, and nobody here. */
function someoneIn(context: Context, user: string, team: string | undefined): Someone {
  const home = homeOf(context);
  return { home: context.isEnterpriseInstall || !team ? home : team, user };
}

/** Does `act` as the bot of that place. Never throws: what cannot be answered is told. */
function under({ deps, tokens, add }: Listening, context: Context, act: (bot: Bot) => Promise<void>): void {
  add(
    tokens
      .find(homeOf(context))
      .then(async (bot) => (bot ? await act(bot) : deps.log.warn("slack-not-installed")))
      .catch((error: unknown) => deps.log.error("slack-answer-failed", placeOf(error))),
  );
}

function listenToWords(app: App, listening: Listening): void {
  const { deps, prefix } = listening;
  app.command(/.*/, async ({ ack, body, context }) => {
    await ack();
    const asked = readSlash(body, someoneIn(context, body.user_id, body.team_id), prefix);
    under(listening, context, (bot) => answer(asked, bot, deps));
  });
  const hear = (said: Said & { readonly user_team?: string; readonly team?: string }, context: Context, isDirect: boolean): void => {
    under(listening, context, async (bot) => {
      const someone = someoneIn(context, said.user ?? "", said.user_team ?? said.team);
      const asked = readMessage(said, someone, { botId: bot.userId, isDirect });
      if (asked) await answer(asked, bot, deps);
    });
  };
  app.event("app_mention", async ({ event, context }) => hear(event, context, false));
  app.event("message", async ({ event, context }) => {
    if (event.channel_type === "im") hear(event, context, true);
  });
}

function listenToPresses(app: App, listening: Listening): void {
  const { deps } = listening;
  app.action({ type: "block_actions" }, async ({ ack, body, context }) => {
    await ack();
    const someone = someoneIn(context, body.user.id, body.user.team_id);
    under(listening, context, (bot) => answerPress(readPressed(body as Parameters<typeof readPressed>[0], someone), bot, deps));
  });
  app.view({ type: "view_submission", callback_id: /.*/ }, async ({ ack, body, context }) => {
    await ack();
    const asked: Asked = readSubmission(body, someoneIn(context, body.user.id, body.user.team_id));
    under(listening, context, (bot) => answer(asked, bot, deps));
  });
  app.shortcut(shortcut.id, async ({ ack, body, context }) => {
    await ack();
    const { name, says } = shortcut;
    const view = renderForm({ label: name, says, field: { label: name, value: "" } }, spellPlace({ kind: "mail" }));
    under(listening, context, async ({ token }) => void (await deps.client.views.open({ token, trigger_id: body.trigger_id, view })));
  });
}

function listenToHomes(app: App, listening: Listening): void {
  const { deps } = listening;
  app.event("app_home_opened", async ({ event, context }) => {
    if (event.tab !== "home") return;
    under(listening, context, (bot) => deps.homes.show(bot, { home: homeOf(context), user: event.user }, deps.ear));
  });
  // What is said there fails from now on, and is told where it does; the workspace's people and sessions stay.
  app.event("app_uninstalled", async () => deps.log.error("slack-uninstalled"));
  app.event("tokens_revoked", async () => deps.log.error("slack-tokens-revoked"));
  app.event("user_change", async ({ event, context }) => {
    const someone = someoneIn(context, event.user.id, event.user.team_id);
    under(listening, context, () => deps.ear.place(accountOf(someone, deps.people.learn(someone, event.user))));
  });
}
