/** Who and where, as Slack tells it. */

import type { Address, PlatformName } from "#core/brand.ts";

/** The platform's name. */
export const platform = "slack" as PlatformName;

/** A bot in a workspace, or in all workspaces of an organisation: `home` is the id of either, and what is said there is said with `token`. */
export type Bot = { readonly home: string; readonly token: string; readonly userId: string };

/** A person where they belong: their workspace, or their organisation where the bot is in all of it. Ids are unique in that alone. */
export type Someone = { readonly home: string; readonly user: string };

/** The id of an account, which is also where the person is written to directly. */
export function idOf({ home, user }: Someone): Address {
  return `${home} ${user}` as Address;
}

/** A channel where the bot is at `home`. */
export function channelAddress(home: string, channel: string): Address {
  return `channel ${home} ${channel}` as Address;
}

/** The channel at an address of ours. */
export function channelIn(address: Address): { readonly home: string; readonly channel: string } {
  const [, home = "", channel = ""] = address.split(" ");
  return { home, channel };
}

/** The person behind an id of ours. */
export function someoneOf(id: string): Someone {
  const [home = "", user = ""] = id.split(" ");
  return { home, user };
}
