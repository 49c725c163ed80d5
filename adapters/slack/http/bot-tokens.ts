/** Bot tokens by home. */

import type { HTTPReceiver, InstallationQuery, InstallationStore } from "@slack/bolt";
import type { WebClient } from "@slack/web-api";
import { describeError } from "#src/ports/describe-error.ts";
import type { Installations } from "#src/ports/installations.ts";
import type { Log } from "#src/ports/runtime.ts";
import { classify } from "../errors.ts";
import type { Bot } from "../ids.ts";

/** Looks up bot tokens. */
export type BotTokens = {
  /** The bot in a workspace or an organisation; undefined if it is not installed. */
  find(home: string): Promise<Bot | undefined>;
  /** Checks the token of `home` again after Slack refused it or reported its end, and acts on the result. Never throws. */
  check(home: string): Promise<void>;
};

/** When to retry a message to a home without the bot. The bot may be installed again before the message expires. */
export const absentFor = Temporal.Duration.from({ hours: 6 });

/** What a single token needs; `onRefused` receives the error code if Slack refuses it for good. */
export type SingleTokenOptions = { readonly client: WebClient; readonly log: Log; readonly onRefused: (word: string) => void };

/** The single token of a bot for one workspace. Its home is asked once, and retried until Slack answers. */
export function createSingleToken(token: string, { client, log, onRefused }: SingleTokenOptions): BotTokens {
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
    async find(home) {
      const found = await own();
      return found.home === home ? found : undefined;
    },
    async check() {
      try {
        await client.auth.test({ token });
      } catch (error) {
        const failure = classify(error);
        if (failure.kind !== "auth-revoked") return log.warn("slack-check-failed", describeError(error));
        log.error("slack-token-refused");
        onRefused(failure.code);
      }
    },
  };
}

/** Bolt's installer: it refreshes a token that soon expires, and stores the new one. */
export type Installer = Pick<NonNullable<HTTPReceiver["installer"]>, "authorize">;

/** What the tokens of many workspaces need. */
export type BotTokensOptions = {
  readonly installer: Installer;
  readonly installations: Installations;
  readonly client: WebClient;
  readonly log: Log;
};

/** Creates the tokens of all workspaces that installed the bot. */
export function createBotTokens({ installer, installations, client, log }: BotTokensOptions): BotTokens {
  const asking = new Map<string, Promise<Bot | undefined>>();
  const ask = async (home: string): Promise<Bot | undefined> => {
    try {
      const { botToken: token, botUserId: userId } = await installer.authorize(queryOf(home));
      if (token && userId) return { home, token, userId };
    } catch (error) {
      if ((await installations.find(home)) === undefined) return undefined;
      throw error;
    }
    throw new Error("Look up a token: the installation must hold the bot's");
  };
  // Concurrent callers share the result, since a refresh token works only once.
  const find = async (home: string): Promise<Bot | undefined> => {
    const asked = asking.get(home) ?? ask(home).finally(() => asking.delete(home));
    asking.set(home, asked);
    return await asked;
  };
  return {
    find,
    async check(home) {
      try {
        const bot = await find(home);
        if (bot) await client.auth.test({ token: bot.token });
      } catch (error) {
        const failure = classify(error);
        if (failure.kind !== "auth-revoked") return log.warn("slack-check-failed", describeError(error));
        // An expired token may be refreshed later; its workspace still has the app.
        if (failure.code === "token_expired") return log.error("slack-token-expired", { home });
        await installations.remove(home).catch((broken: unknown) => log.error("slack-uninstall-failed", describeError(broken)));
        log.warn("slack-uninstalled", { home });
      }
    },
  };
}

/** Ids of organisations and workspaces never collide, so one query serves both. */
function queryOf(home: string): InstallationQuery<false> {
  return { teamId: home, enterpriseId: undefined, isEnterpriseInstall: false };
}

/** Bolt's installation store, keyed by workspace, or by organisation if the bot is in all of it. */
export function createInstallationStore(installations: Installations): InstallationStore {
  return {
    async storeInstallation(installation) {
      const home = installation.isEnterpriseInstall ? installation.enterprise?.id : installation.team?.id;
      if (!home) throw new Error("Keep an installation: Slack must name the workspace or the organisation");
      await installations.save(home, JSON.stringify(installation));
    },
    async fetchInstallation({ teamId: home = "" }) {
      const found = await installations.find(home);
      if (found === undefined) throw new Error(`Look up an installation: the bot must be installed in "${home}"`);
      return JSON.parse(found) as Awaited<ReturnType<InstallationStore["fetchInstallation"]>>;
    },
  };
}
