/** The state of the fake Discord: the bot, people, servers and channels. */

import type { Openness, Place, Server } from "./types.ts";

/** A person as Discord stores them. */
export type Member = {
  readonly id: string;
  readonly name: string;
  readonly locale: string;
  readonly dm: Place;
  readonly privately: Place;
  openness: Openness;
  /** Whether they installed the bot as a user app. */
  isInstalled: boolean;
  /** Whether they may manage the channels of servers. */
  isManager: boolean;
};

/** A server as Discord stores it. */
export type Guild = Server & { readonly isReadOnly: boolean };

/** A channel, and the person or the server that owns it. */
export type Channel = { readonly place: Place; readonly member?: Member; readonly guild?: Guild };

/** The whole state. */
export type WorkspaceState = {
  readonly now: () => Temporal.Instant;
  readonly freshId: () => string;
  readonly bot: { readonly id: string; readonly name: string; readonly token: string };
  readonly guilds: readonly Guild[];
  readonly problems: string[];
  /** Uploaded files by path. */
  readonly files: Map<string, Uint8Array>;
  /** The origin of the server. */
  readonly origin: () => string;
  member(name: string, options?: { readonly locale?: string; readonly messages?: Openness }): Member;
  memberBy(id: string): Member | undefined;
  openGuild(name: string, isReadOnly?: boolean): Guild;
  channel(id: string): Channel | undefined;
};

/** Discord's epoch: the first millisecond of 2015. */
const discordEpoch = 1_420_070_400_000;

/** Creates a state with a bot and nobody else. */
export function createWorkspaceState(now: () => Temporal.Instant, origin: () => string): WorkspaceState {
  const members = new Map<string, Member>();
  const guilds: Guild[] = [];
  const channels = new Map<string, Channel>();
  const freshId = createIds(now);
  const botId = freshId();
  const place = (kind: Place["kind"], serverId?: string): Place => ({
    kind,
    channelId: freshId(),
    ...(serverId === undefined ? {} : { serverId }),
  });
  const addMember = (name: string, locale: string): Member => {
    const places = { dm: place("dm"), privately: place("private") };
    const member: Member = { id: freshId(), name, locale, ...places, openness: "open", isInstalled: true, isManager: false };
    for (const one of [places.dm, places.privately]) channels.set(one.channelId, { place: one, member });
    members.set(name, member);
    return member;
  };
  return {
    now,
    freshId,
    guilds,
    problems: [],
    files: new Map(),
    origin,
    bot: { id: botId, name: "sweetspot", token: tokenOf(botId) },
    member(name, { locale = "en-GB", messages } = {}) {
      const member = members.get(name) ?? addMember(name, locale);
      member.openness = messages ?? member.openness;
      return member;
    },
    memberBy: (id) => Array.from(members.values()).find((member) => member.id === id),
    openGuild(name, isReadOnly = false) {
      const id = freshId();
      const guild: Guild = { id, name, isReadOnly, channel: place("server", id) };
      channels.set(guild.channel.channelId, { place: guild.channel, guild });
      guilds.push(guild);
      return guild;
    },
    channel: (id) => channels.get(id),
  };
}

/** Creates unique ids, even if the clock stops or goes back. */
function createIds(now: () => Temporal.Instant): () => string {
  let count = 0;
  return () => {
    count += 1;
    const since = BigInt(Math.max(0, now().epochMilliseconds - discordEpoch));
    return String((since << 22n) | BigInt(count % 4_194_304));
  };
}

function tokenOf(botId: string): string {
  return `${Buffer.from(botId).toString("base64url")}.Gf4k3d.7Jm2sN0pQ4rT6uV8wX1yZ3aB5cD7eF9gH1iJ3k`;
}
