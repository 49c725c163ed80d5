/** Who and where, as Slack tells it. */

import { type Address, addressOf, platformNameOf } from "#core/lib/ids.ts";

/** The platform's name. */
export const platform = platformNameOf("slack");

/** A bot in a workspace, or in all workspaces of an organisation: `home` is the id of either, and what is said there is said with `token`. */
export type Bot = { readonly home: string; readonly token: string; readonly userId: string };

/** A person where they belong: their workspace, or their organisation where the bot is in all of it. Ids are unique in that alone. */
export type Someone = { readonly home: string; readonly user: string };

/** An id of Slack's; undefined for anything else. */
export function parseId(value: unknown): string | undefined {
  return typeof value === "string" && /^\w{1,64}$/.test(value) ? value : undefined;
}

/** The same. Throws where it is none. */
export function readId(value: unknown): string {
  const id = parseId(value);
  if (id !== undefined) return id;
  throw new TypeError("Read an id of Slack's: it must be letters and digits");
}

/** The id of an account, which is also where the person is written to directly. Throws where Slack left out who or where that is. */
export function idOf({ home, user }: Someone): Address {
  return addressOf(readId(home), readId(user));
}

/** A channel where the bot is at `home`; undefined where Slack does not name one. */
export function channelAddress(home: string, channel: unknown): Address | undefined {
  const [place, id] = [parseId(home), parseId(channel)];
  return place !== undefined && id !== undefined ? addressOf("channel", place, id) : undefined;
}

/** The channel at an address of ours. */
export function channelIn(address: Address): { readonly home: string; readonly channel: string } {
  const [, home = "", channel = ""] = address.split(" ");
  return { home, channel };
}

/** The person behind an id of ours; undefined where it is no such id. */
export function someoneOf(id: string): Someone | undefined {
  const [home, user] = id.split(" ").map(parseId);
  return home !== undefined && user !== undefined ? { home, user } : undefined;
}
