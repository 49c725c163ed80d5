/** With which token the bot speaks where. */

import type { WebClient } from "@slack/web-api";
import type { Bot } from "./place.ts";

/** Knows with which token to speak where. */
export type Tokens = {
  /** The bot in a workspace or an organisation; undefined where it is not installed. */
  find(home: string): Promise<Bot | undefined>;
};

/** The one token of a bot that was made for one workspace. */
export type OwnToken = Tokens & {
  /** The bot. Whose token it is is asked until Slack says so, and then never again. */
  own(): Promise<Bot>;
};

/** The bot of `token`. */
export function createOwnToken(token: string, client: WebClient): OwnToken {
  let bot: Promise<Bot> | undefined;
  const ask = async (): Promise<Bot> => {
    const { team_id: home, user_id: userId } = await client.auth.test({ token });
    if (home && userId) return { home, token, userId };
    throw new Error("Ask whose token it is: Slack must name the workspace and the bot");
  };
  const own = async (): Promise<Bot> => {
    bot ??= ask().catch((error: unknown) => {
      bot = undefined;
      throw error;
    });
    return await bot;
  };
  return {
    own,
    async find(home) {
      const found = await own();
      return found.home === home ? found : undefined;
    },
  };
}
