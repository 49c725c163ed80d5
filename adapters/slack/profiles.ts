/** Slack profiles of people: name, time zone, locale, and whether the account still exists. */

import type { WebClient } from "@slack/web-api";
import { createRecent } from "#core/lib/recent.ts";
import { parseTimeZone, type TimeZone } from "#core/lib/time.ts";
import type { Account } from "#core/model/user.ts";
import type { Clock } from "#src/ports/runtime.ts";
import { sideCallTimeout, withDeadline } from "../shared/with-deadline.ts";
import { type Bot, idOf, platform, type Someone } from "./ids.ts";

/** Somebody's profile. */
export type Profile = {
  readonly name: string;
  readonly timeZone: TimeZone | undefined;
  readonly locale: string | undefined;
  readonly isGone: boolean;
};

/** A profile as Slack sends it. */
export type RawProfile = {
  readonly name?: string | undefined;
  readonly real_name?: string | undefined;
  readonly deleted?: boolean | undefined;
  readonly tz?: string | undefined;
  readonly locale?: string | undefined;
  readonly profile?: { readonly display_name?: string | undefined } | undefined;
};

/** How many profiles are cached, and for how long. */
const most = 5000;
const freshFor = Temporal.Duration.from({ hours: 1 });

/** Creates the cache of profiles. */
export function createProfiles(client: WebClient, clock: Clock) {
  const known = createRecent<{ readonly profile: Profile; readonly until: Temporal.Instant }>(most);
  const learn = (someone: Someone, raw: RawProfile): Profile => {
    const profile = profileOf(raw, someone.user);
    known.set(idOf(someone), { profile, until: clock.now().add(freshFor) });
    return profile;
  };
  const ask = async ({ token }: Bot, someone: Someone): Promise<Profile> => {
    const { user } = await client.users.info({ token, user: someone.user, include_locale: true });
    return learn(someone, user ?? {});
  };
  const asking = new Map<string, Promise<Profile>>();
  /** Concurrent callers share one request and one time limit. While Slack hangs, nobody waits for the same request twice. */
  const askInTime = async (bot: Bot, someone: Someone): Promise<Profile> => {
    const id = idOf(someone);
    const asked =
      asking.get(id) ??
      withDeadline(
        sideCallTimeout,
        ask(bot, someone).finally(() => asking.delete(id)),
      );
    asking.set(id, asked);
    return await asked;
  };
  return {
    /** Asks Slack now. Throws if Slack does not answer. */
    ask,
    /** Stores a profile from an event. */
    learn,
    /** The cached profile, or Slack's. Throws if Slack does not answer within two seconds; a later answer is cached. */
    async find(bot: Bot, someone: Someone): Promise<Profile> {
      const found = known.get(idOf(someone));
      return found && Temporal.Instant.compare(clock.now(), found.until) < 0 ? found.profile : await askInTime(bot, someone);
    },
  };
}

/** The cache of profiles. */
export type Profiles = ReturnType<typeof createProfiles>;

function profileOf({ name, real_name: realName, deleted, tz, locale, profile }: RawProfile, id: string): Profile {
  const shown = profile?.display_name?.trim() || realName?.trim() || name || id;
  return { name: shown, timeZone: parseTimeZone(tz ?? ""), locale, isGone: deleted === true };
}

/** The account of a person. Without a profile the name is the user id. */
export function accountOf(someone: Someone, profile: Profile | undefined): Account {
  const { name = someone.user, timeZone, locale } = profile ?? {};
  return { platform, id: idOf(someone), name, ...(timeZone ? { timeZone } : {}), ...(locale ? { locale } : {}) };
}
