/** Narrows Slack's payloads to what the coach is asked. */

import { type MessageId, messageIdOf } from "#core/lib/ids.ts";
import type { Surface } from "#src/ports/adapter.ts";
import { saidOf, wordsOf } from "./command-names.ts";
import { channelAddress, idOf, parseId, platform, readId, type Someone } from "./ids.ts";
import { fileIn, type SlackFile } from "./inbound-files.ts";
import { readPress } from "../shared/render.ts";

/** Where an answer is shown. */
export type ResponseTarget =
  /** At a response URL: to the asker alone, or in their conversation with the bot. */
  | { readonly kind: "address"; readonly url: string; readonly isDirect: boolean; readonly channel: string }
  /** In the conversation between the asker and the bot. */
  | { readonly kind: "conversation"; readonly channel: string; readonly thread: string | undefined }
  /** In a channel, visible to the asker alone. */
  | { readonly kind: "whisper"; readonly channel: string; readonly thread: string | undefined }
  /** On top of their App Home. */
  | { readonly kind: "home" }
  /** By direct message. */
  | { readonly kind: "mail" };

/** A request to the coach. */
export type Asked = {
  readonly source: MessageId;
  /** A second id of the same message, since Slack may send several events for one. */
  readonly also?: MessageId;
  readonly someone: Someone;
  readonly text: string;
  /** Undefined if Slack does not tell. */
  readonly surface: Surface | undefined;
  readonly place: ResponseTarget;
  /** The attached file. */
  readonly file?: SlackFile;
};

/** A press: either the request itself, or a form to open while `trigger` is valid. */
export type Pressed = { readonly asked: Asked; readonly form: { readonly trigger: string; readonly label: string } | undefined };

/** The fields of a slash command that we read. */
export type Slash = {
  readonly command: string;
  readonly text?: string;
  readonly user_id: string;
  readonly channel_id: string;
  readonly trigger_id: string;
  readonly response_url: string;
};

function surfaceOf(someone: Someone, channel: unknown, isDirect: boolean): Surface | undefined {
  if (isDirect) return { platform, address: idOf(someone), reach: "direct" };
  const address = channelAddress(someone.home, channel);
  return address && { platform, address, reach: "shared" };
}

/** Reads a slash command. Slack does not tell who can read the channel, so the answer goes to the asker alone. */
export function readSlash(slash: Slash, someone: Someone, prefix: string): Asked {
  return {
    source: sourceOf(slash.trigger_id),
    someone,
    text: wordsOf(slash.command, slash.text ?? "", prefix),
    surface: surfaceOf(someone, slash.channel_id, false),
    place: { kind: "address", url: slash.response_url, isDirect: false, channel: slash.channel_id },
  };
}

/** The message id, built from Slack's own ids. Duplicates are recognised by it. */
export function sourceOf(...parts: readonly [string, ...string[]]): MessageId {
  return messageIdOf(platform, ...parts);
}

/** The fields of a message or a mention that we read. */
export type Said = {
  readonly channel: string;
  readonly ts: string;
  readonly text?: string | undefined;
  readonly user?: string | undefined;
  readonly bot_id?: string | undefined;
  readonly subtype?: string | undefined;
  readonly thread_ts?: string | undefined;
  readonly client_msg_id?: string | undefined;
  /** Untrusted shape: narrowed where it is read. */
  readonly files?: unknown;
};

/** The context of a message: the bot, the workspace (default: the sender's), and whether only the bot was addressed. */
export type Hearing = { readonly botId: string; readonly home?: string; readonly isDirect: boolean; readonly prefix: string };

/** Reads a message; undefined if it has no human sender, or is an edit or a deletion. */
export function readMessage(said: Said, someone: Someone, { botId, home = someone.home, isDirect, prefix }: Hearing): Asked | undefined {
  const isOther = said.subtype !== undefined && said.subtype !== "file_share" && said.subtype !== "thread_broadcast";
  if (!said.user || said.bot_id || isOther) return undefined;
  const channel = readId(said.channel);
  // The answer goes to that channel. If others can read it, the message was not direct.
  if (isDirect && !isConversation(channel)) throw new TypeError("Read a message: one to the bot alone must be in a conversation with it");
  const words = unescape(said.text ?? "", botId);
  const thread = typeof said.thread_ts === "string" ? said.thread_ts : undefined;
  return {
    // Slack may send two events for one message, and one may lack an id. One gesture may also make two messages, which share the client's
    // id.
    source: sourceOf(home, channel, said.ts),
    also: said.client_msg_id ? sourceOf(home, said.client_msg_id) : sourceOf(home, channel, said.ts),
    someone,
    // A picture or a bare mention has no text to log, so the answer is the help.
    text: words === "" ? "/help" : saidOf(words, prefix),
    surface: surfaceOf(someone, channel, isDirect),
    place: { kind: isDirect ? "conversation" : "whisper", channel, thread },
    ...fileIn(said.files),
  };
}

/** Restores the text as typed: removes the bot's mention, and unescapes links, mentions and characters. */
function unescape(text: string, botId: string): string {
  return text
    .replaceAll(`<@${botId}>`, " ")
    .replaceAll(/<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g, (_, sign: string, target: string, label?: string) => label ?? sign + target)
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .trim();
}

/** The fields of a press that we read. */
export type Press = {
  readonly trigger_id: string;
  readonly response_url?: string | undefined;
  readonly actions: readonly {
    readonly value?: string | undefined;
    readonly text?: { readonly text: string } | undefined;
    readonly selected_option?: { readonly value: string; readonly text?: { readonly text: string } | undefined } | null | undefined;
  }[];
  readonly container?: { readonly type?: string; readonly channel_id?: string; readonly is_ephemeral?: boolean } | undefined;
  readonly channel?: { readonly id?: string } | undefined;
};

/** Whether the id is that of a direct conversation between the bot and one person. */
export function isConversation(channel: unknown): boolean {
  return parseId(channel)?.startsWith("D") === true;
}

/** Reads a press. */
export function readPressed(press: Press, someone: Someone): Pressed {
  const [action] = press.actions;
  const picked = action?.selected_option ?? { value: action?.value ?? "", text: action?.text };
  const { kind, says } = readPress(picked.value);
  const { container, response_url: url } = press;
  const isHome = container?.type === "view";
  const isDirect = isHome || (isConversation(container?.channel_id) && container?.is_ephemeral !== true);
  const channel = container?.channel_id ?? press.channel?.id ?? "";
  const place: ResponseTarget = isHome ? { kind: "home" } : url ? { kind: "address", url, isDirect, channel } : { kind: "mail" };
  const asked = {
    source: sourceOf(press.trigger_id),
    someone,
    text: says,
    surface: surfaceOf(someone, channel, isDirect),
    place,
  };
  return { asked, form: kind === "ask" ? { trigger: press.trigger_id, label: picked.text?.text ?? "" } : undefined };
}

/** The fields of a submitted form that we read. */
export type Submission = {
  readonly trigger_id?: string | undefined;
  readonly view: {
    readonly id: string;
    readonly callback_id: string;
    readonly private_metadata: string;
    readonly state: { readonly values: Readonly<Record<string, Readonly<Record<string, { readonly value?: string | null | undefined }>>>> };
  };
};

/** Reads a submitted form: the command of its choice, and the words entered. A form is submitted once, so its id identifies the message. */
export function readSubmission({ view }: Submission, someone: Someone): Asked {
  const words = Object.values(view.state.values).flatMap((block) => Object.values(block).flatMap(({ value }) => value ?? []));
  const place = parseTarget(view.private_metadata);
  const isDirect = place.kind !== "address" || place.isDirect;
  return {
    source: sourceOf(view.id),
    someone,
    text: `${view.callback_id} ${words.join(" ")}`,
    // A form opened in a channel belongs to that channel.
    surface: surfaceOf(someone, "channel" in place ? place.channel : undefined, isDirect),
    place,
  };
}

/** Serializes a target into a form's metadata, which Slack does not show. */
export function serializeTarget(place: ResponseTarget): string {
  return JSON.stringify(place);
}

function parseTarget(text: string): ResponseTarget {
  const read: unknown = text === "" ? undefined : JSON.parse(text);
  const isPlace = typeof read === "object" && read !== null && "kind" in read;
  return isPlace ? (read as ResponseTarget) : { kind: "mail" };
}
