/** Interactions: commands, presses and forms sent to the bot, and their outcomes. */

import { randomBytes } from "node:crypto";
import { InteractionType } from "discord.js";
import type { Timers } from "./latch.ts";
import type { GatewayDoor } from "./gateway.ts";
import type { Message } from "./messages.ts";
import { channelPayload, membership, type Payload, permissions, personUser } from "./payloads.ts";
import type { Modal, Offer, Place } from "./types.ts";
import type { Member, WorkspaceState } from "./workspace-state.ts";

/** The outcome of an interaction, before it is rendered. */
export type Outcome =
  | { readonly kind: "message"; readonly id: string }
  | { readonly kind: "modal"; readonly modal: Modal }
  | { readonly kind: "offers"; readonly offers: readonly Offer[] }
  | { readonly kind: "nothing" }
  | { readonly kind: "failed"; readonly why: string };

/** A person's action. */
export type Deed = {
  readonly type: InteractionType;
  readonly member: Member;
  readonly place: Place;
  readonly data: Payload;
  /** The message of the pressed button or menu, or of the button that opened the form. */
  readonly source?: Message;
  /** Where the command may be installed: 0 for servers, 1 for people. */
  readonly installs: readonly number[];
};

/** An interaction as Discord stores it. */
export type Interaction = {
  readonly id: string;
  readonly token: string;
  readonly applicationId: string;
  readonly deed: Deed;
  readonly openedAt: Temporal.Instant;
  /** Who installed the bot where this happened: server, person or both. */
  readonly owners: Readonly<Record<string, string>>;
  state: "open" | "answered" | "lost";
  /** The message behind @original. */
  original: string | undefined;
  /** Whether a press was only acknowledged, and an answer may follow. */
  isDeferred: boolean;
  followUps: number;
  readonly outcome: Promise<Outcome>;
  /** Sets the outcome. Returns false if there already was one. */
  finish(outcome: Outcome): boolean;
};

/** All interactions. */
export type Interactions = {
  open(deed: Deed): Interaction;
  byToken(token: string): Interaction | undefined;
  byId(id: string): Interaction | undefined;
};

/** What interactions need. */
export type InteractionsDeps = {
  readonly workspace: WorkspaceState;
  readonly door: GatewayDoor;
  readonly timers: Timers;
  readonly patience: number;
};

/** Creates an empty set of interactions. */
export function createInteractions({ workspace, door, timers, patience }: InteractionsDeps): Interactions {
  const byToken = new Map<string, Interaction>();
  return {
    byToken: (token) => byToken.get(token),
    byId: (id) => Array.from(byToken.values()).find((interaction) => interaction.id === id),
    open(deed) {
      const id = workspace.freshId();
      const token = Buffer.from(`interaction:${id}:${randomBytes(24).toString("hex")}`).toString("base64url");
      const { promise, resolve } = Promise.withResolvers<Outcome>();
      const own = { id, token, deed, applicationId: workspace.bot.id, openedAt: workspace.now(), owners: ownersOf(deed) };
      let isOver = false;
      const finish = (outcome: Outcome): boolean => {
        const isFirst = !isOver;
        isOver = true;
        resolve(outcome);
        return isFirst;
      };
      const common = { ...own, outcome: promise, finish };
      const interaction: Interaction = { ...common, state: "open", original: undefined, isDeferred: false, followUps: 0 };
      byToken.set(token, interaction);
      const lose = (): void => {
        if (interaction.state !== "open") return;
        interaction.state = "lost";
        interaction.finish({ kind: "failed", why: "The application did not respond" });
      };
      if (patience > 0) timers.after(patience, lose);
      else lose();
      door.dispatch({ name: "INTERACTION_CREATE", data: payloadOf(interaction, workspace), isRepeatable: true });
      return interaction;
    },
  };
}

function ownersOf({ member, place, installs }: Deed): Readonly<Record<string, string>> {
  const forServers = place.kind !== "private" && installs.includes(0);
  const forPeople = member.isInstalled && installs.includes(1);
  return { ...(forServers ? { "0": place.serverId ?? "0" } : {}), ...(forPeople ? { "1": member.id } : {}) };
}

const contexts = { server: 0, dm: 1, private: 2 } as const;

function payloadOf({ id, token, deed, owners }: Interaction, workspace: WorkspaceState): Payload {
  const { type, member, place, data, source } = deed;
  const channel = workspace.channel(place.channelId);
  const user = personUser(member);
  const inServer = { guild_id: place.serverId, guild_locale: "en-GB", guild: { id: place.serverId, locale: "en-GB", features: [] } };
  const who = place.kind === "server" ? { ...inServer, member: { ...membership(), user, permissions: permissionsOf(member) } } : { user };
  return {
    ...who,
    ...(source ? { message: source.raw } : {}),
    id,
    token,
    type,
    data,
    version: 1,
    application_id: workspace.bot.id,
    channel_id: place.channelId,
    channel: { ...(channel ? channelPayload(channel) : {}), permissions },
    app_permissions: channel?.guild?.isReadOnly ? String(BigInt(permissions) & ~sendMessages) : permissions,
    locale: member.locale,
    entitlements: [],
    authorizing_integration_owners: owners,
    context: contexts[place.kind],
    attachment_size_limit: 10_485_760,
  };
}

function permissionsOf({ isManager }: Member): string {
  return isManager ? String(BigInt(permissions) | manageChannels) : permissions;
}

const manageChannels = 1n << 4n;
const sendMessages = 1n << 11n;

/** The metadata of a message that answers an interaction. */
export function metadataOf({ id, deed, owners }: Interaction): Payload {
  const { type, member, source } = deed;
  const interacted = type === InteractionType.MessageComponent && source ? { interacted_message_id: source.id } : {};
  const common = { id, type, user: personUser(member), authorizing_integration_owners: owners };
  const trigger = { id, type: InteractionType.ApplicationCommand, user: personUser(member), authorizing_integration_owners: owners };
  return { ...common, ...interacted, ...(type === InteractionType.ModalSubmit ? { triggering_interaction_metadata: trigger } : {}) };
}
