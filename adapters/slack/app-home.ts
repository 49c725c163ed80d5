/** The App Home: shows the week and its actions when it is opened and after each change. */

import { randomUUID } from "node:crypto";
import { messageIdOf } from "#core/lib/ids.ts";
import { createRecent } from "#core/lib/recent.ts";
import { createQueue } from "#core/lib/serial.ts";
import { buttons, type Reply } from "#core/model/reply.ts";
import type { CoachApi } from "#src/ports/adapter.ts";
import { describeError } from "#src/ports/describe-error.ts";
import { contextFor } from "../shared/pictures.ts";
import { type Bot, idOf, platform, type Someone } from "./ids.ts";
import { shortcut } from "./manifest/index.ts";
import { accountOf, type Profiles } from "./profiles.ts";
import { type RenderContext, uploadAll } from "./render/attachments.ts";
import { showForms, type Shown } from "./render/fallback.ts";
import { type Home, renderHome, renderPlainHome } from "./render/index.ts";

/** What rendering App Homes needs. */
export type AppHomesOptions = RenderContext & { readonly profiles: Profiles };

/** Shows and refreshes App Homes. */
export type AppHomes = {
  /** Shows the person's home in the richest form that Slack accepts. `answer`, if given, is shown on top. */
  show(bot: Bot, someone: Someone, coach: CoachApi, answer?: Reply): Promise<Shown>;
  /** Shows the home again if the person ever opened it. Never throws. */
  refresh(bot: Bot, someone: Someone, coach: CoachApi): Promise<void>;
};

/** Opens the same form as the shortcut. */
const logButton = buttons({ label: shortcut.name, says: shortcut.says, field: { label: shortcut.name, value: "" } });
/** How many people are remembered as having opened their home. */
const most = 5000;

/** Creates the App Homes. Updates for one person run in order. */
export function createAppHomes(options: AppHomesOptions): AppHomes {
  const inTurn = createQueue();
  const opened = createRecent<true>(most);
  const publish = async (bot: Bot, someone: Someone, coach: CoachApi, answer?: Reply): Promise<Shown> => {
    const profile = await options.profiles.find(bot, someone).catch(() => undefined);
    const surface = { platform, address: idOf(someone), reach: "direct" } as const;
    const source = messageIdOf(platform, "home", randomUUID());
    const home = await coach.handle({ source, account: accountOf(someone, profile), surface, text: "/home" });
    const context = contextFor<RenderContext>(options, idOf(someone));
    const put = async ({ type, blocks }: Home): Promise<unknown> =>
      await options.client.views.publish({ token: bot.token, user_id: someone.user, view: { type, blocks: [...blocks] } });
    return await showForms<Shown>(
      { blocks: [...(answer?.blocks ?? []), logButton, ...(home?.blocks ?? [])] },
      options.log,
      async ({ kind, reply }) => {
        const rewritten = options.rewriteCommands(reply);
        await put(kind === "plain" ? renderPlainHome(rewritten) : renderHome(rewritten, await uploadAll(rewritten, bot, context)));
        return { kind: "shown" };
      },
    );
  };
  // A home without an answer renders the data of when its turn comes. One waiting update therefore serves all requests made meanwhile.
  const waiting = new Map<string, Promise<Shown>>();
  const show = async (bot: Bot, someone: Someone, coach: CoachApi, answer?: Reply): Promise<Shown> => {
    const id = idOf(someone);
    opened.set(id, true);
    if (answer) return await inTurn(id, async () => await publish(bot, someone, coach, answer));
    const shown =
      waiting.get(id) ??
      inTurn(id, async () => {
        waiting.delete(id);
        return await publish(bot, someone, coach);
      });
    waiting.set(id, shown);
    return await shown;
  };
  return {
    show,
    async refresh(bot, someone, coach) {
      if (!opened.has(idOf(someone))) return;
      try {
        const shown = await show(bot, someone, coach);
        if (shown.kind !== "shown") options.log.warn("slack-app-home-failed", { kind: shown.kind });
      } catch (error) {
        options.log.warn("slack-app-home-failed", describeError(error));
      }
    },
  };
}
