/** What happens among the people of one workspace, or of one organisation with several. */

import { type Emulator, openEmulator, type Seat } from "./emulator.ts";
import { createNewcomers, type Newcomers } from "./newcomers.ts";
import { createScreens, type Screens } from "./screens.ts";
import type { Loose } from "./types.ts";

/** A workspace. */
export type Team = { readonly id: string; readonly name: string; readonly channel: string };

/** An organisation. */
export type Enterprise = { readonly id: string; readonly name: string };

/** What a profile says beside the name. */
export type Profile = { tz: string; locale: string; deleted: boolean };

/** Where an address answers, to whom, and for which installation. */
export type Address = { readonly place: string; readonly to: string; readonly home: string; left: number };

/** People and all that is shown to them, for those who look on. */
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
  /** For whom a form may open. */
  readonly triggers: Map<string, string>;
  readonly addresses: Map<string, Address>;
  readonly profiles: Map<string, Profile>;
  /** Who looks after it. */
  readonly admins: Set<string>;
  /** Who made a channel, where it was not the workspace. */
  readonly creators: Map<string, string>;
  /** Channels in which the bot is not. */
  readonly uninvited: Set<string>;
  /** Who was there from the beginning, and their conversations with the bot, by name. */
  readonly founders: ReadonlyMap<string, Member>;
};

/** Somebody, and their conversation with the bot. */
export type Member = { readonly id: string; readonly name: string; readonly dm: string };

/** What a workspace state is made of. */
export type Plan = {
  readonly now: () => Temporal.Instant;
  readonly names: readonly Omit<Team, "channel">[];
  readonly enterprise: Enterprise | undefined;
  readonly botId: string;
};

/** The same in every workspace state, as ids are unique in one alone. */
const founders: readonly Seat[] = [
  { name: "ann", realName: "Ann", id: "U000000ANN" },
  { name: "bo", realName: "Bo", id: "U0000000BO" },
];

/** Opens a workspace state with Ann and Bo in it. */
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

/** What the profile of somebody says; it is made where nobody asked yet. */
export function profileOf({ profiles }: WorkspaceState, id: string): Profile {
  const profile = profiles.get(id) ?? { tz: "Europe/Berlin", locale: "en-GB", deleted: false };
  profiles.set(id, profile);
  return profile;
}
