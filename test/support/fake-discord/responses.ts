/** Turns answers to interactions into messages, and messages into outcomes. */

import { InteractionType, MessageType } from "discord.js";
import { announce } from "./announcements.ts";
import type { Timers } from "./latch.ts";
import type { Upload } from "./body.ts";
import type { GatewayDoor } from "./gateway.ts";
import { type Interaction, type Interactions, metadataOf } from "./interactions.ts";
import { flagBits, type MessageBody } from "./message-content.ts";
import { type Draft, isLoading, type Message, type Messages } from "./messages.ts";
import type { Readers } from "./readers.ts";
import { refusals } from "./refusal.ts";
import type { WorkspaceState } from "./workspace-state.ts";

/** What responses need. */
export type ResponsesDeps = {
  readonly workspace: WorkspaceState;
  readonly messages: Messages;
  readonly interactions: Interactions;
  readonly readers: Readers;
  readonly timers: Timers;
  readonly door: GatewayDoor;
  readonly patience: number;
};

/** The responses to interactions. */
export type Responses = ResponsesDeps & {
  /** Posts a message. */
  post(draft: Draft): Message;
  /** Edits a message. */
  change(id: string, body: MessageBody, uploads: readonly Upload[]): Message;
  /** Answers with a message. */
  settle(interaction: Interaction, draft: Draft): void;
  /** Defers the answer. */
  promise(interaction: Interaction, body: MessageBody): void;
  /** Ends the wait for a deferred answer. */
  giveUp(interaction: Interaction): void;
  /** Makes the pressed message @original. */
  keepSource(interaction: Interaction): void;
  /** Edits @original. */
  update(interaction: Interaction, body: MessageBody, uploads: readonly Upload[]): Message;
  /** Posts a follow-up. */
  followUp(interaction: Interaction, draft: Draft): Message;
};

/** The most follow-ups if the bot is installed only for the person. */
const followUpsAlone = 5;

/** Creates the responses. */
export function createResponses(deps: ResponsesDeps): Responses {
  const { workspace, messages, readers, door } = deps;
  const post = (draft: Draft): Message => {
    const message = messages.create(draft);
    announce(door, workspace, message);
    return message;
  };
  const change: Responses["change"] = (id, body, uploads) => {
    const message = messages.edit(id, body, uploads);
    announce(door, workspace, message, "MESSAGE_UPDATE");
    return message;
  };
  const answerWith = (interaction: Interaction, id: string): void => {
    if (interaction.finish({ kind: "message", id })) readers.give(interaction.deed.member.id, id);
  };
  const keep = (interaction: Interaction, original: string): void => void Object.assign(interaction, { original });
  const update: Responses["update"] = (interaction, body, uploads) => {
    const message = messages.find(interaction.original ?? "");
    if (!message) throw refusals.unknownMessage();
    const changed = change(message.id, body, uploads);
    answerWith(interaction, changed.id);
    return changed;
  };
  return {
    ...deps,
    post,
    change,
    update,
    settle(interaction, draft) {
      const { id } = post(draft);
      keep(interaction, id);
      answerWith(interaction, id);
    },
    promise(interaction, body) {
      const message = messages.createLoading(draftOf(interaction, body, []));
      keep(interaction, message.id);
      readers.give(interaction.deed.member.id, message.id);
      announce(door, workspace, message);
    },
    giveUp(interaction) {
      const message = messages.find(interaction.original ?? "");
      if (message && !isLoading(message)) return;
      if (message) readers.takeBack(interaction.deed.member.id, message.id);
      interaction.finish(message ? { kind: "failed", why: "The application is thinking…" } : { kind: "nothing" });
    },
    keepSource(interaction) {
      keep(interaction, interaction.deed.source?.id ?? "");
    },
    followUp(interaction, draft) {
      // As documented: the first follow-up replaces the placeholder of a deferred answer.
      const promised = messages.find(interaction.original ?? "");
      if (promised && isLoading(promised)) return update(interaction, draft.body, draft.uploads);
      const isAlone = !("0" in interaction.owners);
      if (isAlone && interaction.followUps >= followUpsAlone) throw refusals.tooManyFollowUps();
      const message = post(draft);
      Object.assign(interaction, { followUps: interaction.followUps + 1 });
      if (interaction.isDeferred) answerWith(interaction, message.id);
      return message;
    },
  };
}

/** The message of `body` as an answer to an interaction. */
export function draftOf(interaction: Interaction, body: MessageBody, uploads: readonly Upload[]): Draft {
  const { deed } = interaction;
  const onlyFor = ((body.flags ?? 0) & flagBits.ephemeral) === 0 ? undefined : deed.member.id;
  const { applicationId } = interaction;
  const type = deed.type === InteractionType.ApplicationCommand ? MessageType.ChatInputCommand : MessageType.Reply;
  const extra = { type, webhook_id: applicationId, application_id: applicationId, interaction_metadata: metadataOf(interaction) };
  return { place: deed.place, body, uploads, answer: { onlyFor, extra } };
}
