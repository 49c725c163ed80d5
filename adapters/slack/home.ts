/** The App Home: the week, and what can be done from there; shown when it is opened, and anew after each change. */

import { randomUUID } from "node:crypto";
import type { KnownBlock } from "@slack/web-api";
import { placeOf } from "#core/place.ts";
import { buttons, type Reply } from "#core/reply.ts";
import type { Ear } from "#src/ports.ts";
import { type Desk, uploadAll, withPictures } from "./letter.ts";
import { shortcut } from "./manifest.ts";
import { accountOf, type People } from "./people.ts";
import { type Bot, idOf, platform, type Someone } from "./place.ts";
import { renderHome } from "./render.ts";

/** What homes are shown with. */
export type HomeOptions = Desk & { readonly people: People };

/** The App Homes of people. */
export type Homes = {
  /** Shows somebody's home, with `answer` on top of it where there is one. Throws where Slack does not take it. */
  show(bot: Bot, someone: Someone, ear: Ear, answer?: Reply): Promise<void>;
  /** Shows it anew, if they ever opened it. Never throws. */
  refresh(bot: Bot, someone: Someone, ear: Ear): Promise<void>;
};

/** It opens the same form as the shortcut does. */
const logButton = buttons({ label: shortcut.name, says: shortcut.says, field: { label: shortcut.name, value: "" } });
/** Of how many people it is known that they opened theirs. */
const most = 5000;

/** Homes over `options`. What is shown of one person is shown in its order. */
export function createHomes(options: HomeOptions): Homes {
  const opened = new Map<string, Promise<void>>();
  const publish = async (bot: Bot, someone: Someone, ear: Ear, answer?: Reply): Promise<void> => {
    const profile = await options.people.find(bot, someone).catch(() => undefined);
    const surface = { platform, address: idOf(someone), reach: "direct" } as const;
    const source = `slack home ${randomUUID()}` as Parameters<Ear["handle"]>[0]["source"];
    const home = await ear.handle({ source, account: accountOf(someone, profile), surface, text: "/home" });
    const reply = options.spell({ blocks: [...(answer?.blocks ?? []), logButton, ...(home?.blocks ?? [])] });
    const { type, blocks } = renderHome(reply, await uploadAll(reply, bot, options));
    const publishing = { token: bot.token, user_id: someone.user };
    const publishBlocks = (shown: KnownBlock[]) => options.client.views.publish({ ...publishing, view: { type, blocks: shown } });
    await withPictures(blocks, publishBlocks, options, "invalid_arguments");
  };
  const inTurn = async (bot: Bot, someone: Someone, ear: Ear, answer?: Reply): Promise<void> => {
    const before = opened.get(idOf(someone)) ?? Promise.resolve();
    const turn = before.catch(() => undefined).then(async () => await publish(bot, someone, ear, answer));
    opened.delete(idOf(someone));
    opened.set(
      idOf(someone),
      turn.catch(() => undefined),
    );
    for (const oldest of opened.keys()) if (opened.size > most) opened.delete(oldest);
    await turn;
  };
  return {
    show: inTurn,
    async refresh(bot, someone, ear) {
      if (!opened.has(idOf(someone))) return;
      await inTurn(bot, someone, ear).catch((error: unknown) => options.log.warn("slack-home-failed", placeOf(error)));
    },
  };
}
