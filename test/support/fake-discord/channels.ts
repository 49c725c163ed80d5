/** Routes of channels, and of messages that are no answers to interactions. */

import { CreatePrivateChannelRequestSchema, MessageCreateRequestSchema, MessageEditRequestPartialSchema } from "discord-api-spec/zod";
import { type Call, done, ok, type Route } from "./call.ts";
import type { Responses } from "./responses.ts";
import type { MessageBody } from "./message-content.ts";
import type { Message } from "./messages.ts";
import { channelPayload, personUser } from "./payloads.ts";
import { refuseProblems, refusals } from "./refusal.ts";
import { shapeProblems } from "./schema.ts";
import type { Channel } from "./workspace-state.ts";

type Known = { readonly id: string; readonly at: Temporal.Instant };

/** The routes of channels and their messages. */
export function channelRoutes(responses: Responses, nonceWindow: Temporal.Duration): readonly Route[] {
  const { workspace } = responses;
  const message = "/channels/{channel}/messages/{message}";
  return [
    { method: "GET", path: "/channels/{channel}", answer: (call) => ok(channelPayload(channelOf(responses, call))) },
    {
      method: "POST",
      path: "/channels/{channel}/typing",
      answer: (call) => {
        writable(responses, call);
        return done;
      },
    },
    { method: "POST", path: "/channels/{channel}/messages", answer: createWriter(responses, nonceWindow) },
    { method: "GET", path: message, answer: (call) => ok(messageOf(responses, call).raw) },
    {
      method: "PATCH",
      path: message,
      answer: (call) => {
        const old = messageOf(responses, call);
        if (!old.isFromBot) throw refusals.othersMessage();
        refuseProblems(shapeProblems(MessageEditRequestPartialSchema, call.body.json));
        return ok(responses.change(old.id, call.body.json as MessageBody, call.body.uploads).raw);
      },
    },
    {
      method: "DELETE",
      path: message,
      answer: (call) => {
        responses.messages.remove(messageOf(responses, call).id);
        return done;
      },
    },
    {
      method: "POST",
      path: "/users/@me/channels",
      answer: ({ body }) => {
        refuseProblems(shapeProblems(CreatePrivateChannelRequestSchema, body.json));
        const member = workspace.memberBy(String((body.json as { readonly recipient_id?: string }).recipient_id));
        if (!member) throw refusals.badRecipient();
        return ok(channelPayload({ place: member.dm, member }));
      },
    },
    {
      method: "GET",
      path: "/users/{user}",
      answer: ({ params }) => {
        const member = workspace.memberBy(params["user"] ?? "");
        if (!member) throw refusals.unknownUser();
        return ok(personUser(member));
      },
    },
  ];
}

/** A message with an enforced nonce is posted once within the window, across all channels. */
function createWriter(responses: Responses, nonceWindow: Temporal.Duration): Route["answer"] {
  const nonces = new Map<string, Known>();
  const firstOf = (nonce: string | undefined): string | undefined => {
    const known = nonces.get(nonce ?? "");
    const age = known ? responses.workspace.now().since(known.at).abs() : nonceWindow;
    return Temporal.Duration.compare(age, nonceWindow) < 0 ? known?.id : undefined;
  };
  return (call) => {
    const { place } = writable(responses, call);
    refuseProblems(shapeProblems(MessageCreateRequestSchema, call.body.json));
    const body = call.body.json as MessageBody;
    const nonce = body.nonce === undefined || body.nonce === null ? undefined : String(body.nonce);
    const first = body.enforce_nonce === true ? firstOf(nonce) : undefined;
    if (first !== undefined) {
      const message = responses.messages.find(first);
      if (!message) throw refusals.unknownMessage();
      return ok(message.raw);
    }
    const message = responses.post({ place, body, uploads: call.body.uploads });
    if (nonce !== undefined) nonces.set(nonce, { id: message.id, at: responses.workspace.now() });
    return ok(message.raw);
  };
}

function channelOf({ workspace }: Responses, { params }: Call): Channel {
  const channel = workspace.channel(params["channel"] ?? "");
  if (!channel) throw refusals.unknownChannel();
  if (channel.place.kind === "private") throw refusals.noAccess();
  return channel;
}

function writable(responses: Responses, call: Call): Channel {
  const channel = channelOf(responses, call);
  if (channel.guild?.isReadOnly) throw refusals.noPermission();
  if (channel.member?.openness === "closed") throw refusals.closedToBot();
  if (channel.member?.openness === "no-mutual-server") throw refusals.noMutualServer();
  return channel;
}

/** An ephemeral message is not in the channel for anybody else, including the bot. */
function messageOf(responses: Responses, call: Call): Message {
  const { place } = channelOf(responses, call);
  const message = responses.messages.find(call.params["message"] ?? "");
  if (!message || message.place.channelId !== place.channelId || message.onlyFor !== undefined) throw refusals.unknownMessage();
  return message;
}
