/** The state of one workspace, or of one organisation with several. */

import { type Emulator, openEmulator, type Seat } from "./emulator.ts";
import { createNewcomers, type Newcomers } from "./newcomers.ts";
import { createScreens, type Screens } from "./screens.ts";
import type { Loose } from "./types.ts";

/** A workspace. */
export type Team = { readonly id: string; readonly name: string; readonly channel: string };

/** An organisation. */
export type Enterprise = { readonly id: string; readonly name: string };

/** A profile without the name. */
export type Profile = { tz: string; locale: string; deleted: boolean };

/** A response URL: its place, its addressee, its installation, and the answers left. */
export type Address = { readonly place: string; readonly to: string; readonly home: string; left: number };

/** People, and everything shown to them. */
export type WorkspaceState = {
  readonly teams: readonly Team[];
  readonly enterprise: Enterprise | undefined;
  readonly botId: string;
  readonly emulator: Emulator;
  readonly newcomers: Newcomers;
  readonly screens: Screens;
  readonly files: Map<string, Uint8Array>;
  readonly homes: Map<string, Loose>;
  readonly modals: Map<string, Loose>;
  /** The person for whom each trigger may open a form. */
  readonly triggers: Map<string, string>;
  readonly addresses: Map<string, Address>;
  readonly profiles: Map<string, Profile>;
  /** Admins of the workspace. */
  readonly admins: Set<string>;
  /** Creators of channels, if not the workspace. */
  readonly creators: Map<string, string>;
  /** Channels without the bot. */
  readonly uninvited: Set<string>;
  /** People who exist from the start, with their direct conversations, by name. */
  readonly founders: ReadonlyMap<string, Member>;
};

/** A person and their direct conversation with the bot. */
export type Member = { readonly id: string; readonly name: string; readonly dm: string };

/** What a state is built from. */
export type Plan = {
  readonly now: () => Temporal.Instant;
  readonly names: readonly Omit<Team, "channel">[];
  readonly enterprise: Enterprise | undefined;
  readonly botId: string;
};

/** The same in every state, since ids are unique only within one. */
const founders: readonly Seat[] = [
  { name: "ann", realName: "Ann", id: "U000000ANN" },
  { name: "bo", realName: "Bo", id: "U0000000BO" },
];

/** Opens a state with Ann and Bo. */
export async function openWorkspaceState({ names, enterprise, botId, now }: Plan): Promise<WorkspaceState> {
  const emulator = await openEmulator({ name: "sweetspot", realName: "Sweetspot", id: botId }, founders, names.length);
  const { channels } = (await emulator.ask("conversations.list")) as { readonly channels: readonly { readonly id: string }[] };
  const members: Member[] = [];
  for (const seat of founders) {
    const { channel } = (await emulator.ask("conversations.open", { users: seat.id })) as { readonly channel: { readonly id: string } };
    members.push({ id: seat.id, name: seat.name, dm: channel.id });
  }
  return {
    teams: names.map((team, place) => ({ ...team, channel: channels[place]?.id ?? "" })),
    enterprise,
    botId,
    emulator,
    newcomers: createNewcomers(botId, now),
    screens: createScreens(),
    files: new Map(),
    homes: new Map(),
    modals: new Map(),
    triggers: new Map(),
    addresses: new Map(),
    profiles: new Map(),
    admins: new Set(),
    creators: new Map(),
    uninvited: new Set(),
    founders: new Map(members.map((member) => [member.name, member])),
  };
}

/** Somebody's profile; created on first use. */
export function profileOf({ profiles }: WorkspaceState, id: string): Profile {
  const profile = profiles.get(id) ?? { tz: "Europe/Berlin", locale: "en-GB", deleted: false };
  profiles.set(id, profile);
  return profile;
}
