/** Slack's ids of people, channels and homes, and their form in our addresses. */

import { type Address, addressOf, platformNameOf } from "#core/lib/ids.ts";

/** The platform's name. */
export const platform = platformNameOf("slack");

/** The bot in a workspace, or in all workspaces of an organisation. `home` is the id of either; calls there use `token`. */
export type Bot = { readonly home: string; readonly token: string; readonly userId: string };

/** A person and their home: a workspace, or an organisation if the bot is in all of it. User ids are unique within a home only. */
export type Someone = { readonly home: string; readonly user: string };

/** Parses an id of Slack's; undefined for anything else. */
export function parseId(value: unknown): string | undefined {
  return typeof value === "string" && /^\w{1,64}$/.test(value) ? value : undefined;
}

/** Reads an id of Slack's. Throws for anything else. */
export function readId(value: unknown): string {
  const id = parseId(value);
  if (id !== undefined) return id;
  throw new TypeError("Read an id of Slack's: it must be letters and digits");
}

/** The account id, which is also the address for direct messages. Throws if Slack left out the user or the home. */
export function idOf({ home, user }: Someone): Address {
  return addressOf(readId(home), readId(user));
}

/** The address of a channel in `home`; undefined if Slack names no channel. */
export function channelAddress(home: string, channel: unknown): Address | undefined {
  const [place, id] = [parseId(home), parseId(channel)];
  return place !== undefined && id !== undefined ? addressOf("channel", place, id) : undefined;
}

/** Splits an address into home and channel. */
export function channelIn(address: Address): { readonly home: string; readonly channel: string } {
  const [, home = "", channel = ""] = address.split(" ");
  return { home, channel };
}

/** The person behind an account id; undefined if the id has another form. */
export function someoneOf(id: string): Someone | undefined {
  const [home, user] = id.split(" ").map(parseId);
  return home !== undefined && user !== undefined ? { home, user } : undefined;
}
