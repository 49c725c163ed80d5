/** What Slack hands over, narrowed to what the coach is asked. */

import { type MessageId, messageIdOf } from "#core/lib/ids.ts";
import type { Surface } from "#src/ports/adapter.ts";
import { saidOf, wordsOf } from "./command-names.ts";
import { channelAddress, idOf, parseId, platform, readId, type Someone } from "./ids.ts";
import { fileIn, type SlackFile } from "./inbound-files.ts";
import { readPress } from "./render/index.ts";

/** Where an answer is shown. */
export type ResponseTarget =
  /** At an address that Slack gave for it: to the asker alone, or in the conversation between them and the bot. */
  | { readonly kind: "address"; readonly url: string; readonly isDirect: boolean; readonly channel: string }
  /** In the conversation between the asker and the bot. */
  | { readonly kind: "conversation"; readonly channel: string; readonly thread: string | undefined }
  /** In a channel, to the asker alone. */
  | { readonly kind: "whisper"; readonly channel: string; readonly thread: string | undefined }
  /** On top of their App Home. */
  | { readonly kind: "home" }
  /** By direct message. */
  | { readonly kind: "mail" };

/** What somebody asks for. */
export type Asked = {
  readonly source: MessageId;
  /** Another id of it, where Slack may make several events of it. */
  readonly also?: MessageId;
  readonly someone: Someone;
  readonly text: string;
  /** Undefined where Slack does not say. */
  readonly surface: Surface | undefined;
  readonly place: ResponseTarget;
  /** What came with it, and where it lies. */
  readonly file?: SlackFile;
};

/** Something that was pressed: said, or to be asked for in a form that opens while `trigger` is fresh. */
export type Pressed = { readonly asked: Asked; readonly form: { readonly trigger: string; readonly label: string } | undefined };

/** The fields of a slash command that are read. */
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

/** Reads a slash command. Slack does not tell whether others are where it was typed, so it is answered to the asker alone. */
export function readSlash(slash: Slash, someone: Someone, prefix: string): Asked {
  return {
    source: sourceOf(slash.trigger_id),
    someone,
    text: wordsOf(slash.command, slash.text ?? "", prefix),
    surface: surfaceOf(someone, slash.channel_id, false),
    place: { kind: "address", url: slash.response_url, isDirect: false, channel: slash.channel_id },
  };
}

/** By what Slack names it, what was said is known again. */
export function sourceOf(...parts: readonly [string, ...string[]]): MessageId {
  return messageIdOf(platform, ...parts);
}

/** The fields of a message or a mention that are read. */
export type Said = {
  readonly channel: string;
  readonly ts: string;
  readonly text?: string | undefined;
  readonly user?: string | undefined;
  readonly bot_id?: string | undefined;
  readonly subtype?: string | undefined;
  readonly thread_ts?: string | undefined;
  readonly client_msg_id?: string | undefined;
  /** Of a shape that nobody vouches for: it is narrowed where it is read. */
  readonly files?: unknown;
};

/** Where a message was heard: by which bot, in which workspace (the sender's unless said), and whether it was said to the bot alone. */
export type Hearing = { readonly botId: string; readonly home?: string; readonly isDirect: boolean; readonly prefix: string };

/** Reads a message: undefined for what no person said, and for what was only edited or deleted. */
export function readMessage(said: Said, someone: Someone, { botId, home = someone.home, isDirect, prefix }: Hearing): Asked | undefined {
  const isOther = said.subtype !== undefined && said.subtype !== "file_share" && said.subtype !== "thread_broadcast";
  if (!said.user || said.bot_id || isOther) return undefined;
  const channel = readId(said.channel);
  // The answer goes to that channel: where others read along in it, it is nothing that was said to the bot alone.
  if (isDirect && !isConversation(channel)) throw new TypeError("Read a message: one to the bot alone must be in a conversation with it");
  const words = unescape(said.text ?? "", botId);
  const thread = typeof said.thread_ts === "string" ? said.thread_ts : undefined;
  return {
    // Of one message Slack may make two events, one of which may lack a name; and of one gesture two messages, named alike by the person's program.
    source: sourceOf(home, channel, said.ts),
    also: said.client_msg_id ? sourceOf(home, said.client_msg_id) : sourceOf(home, channel, said.ts),
    someone,
    // A picture or a bare mention says nothing that could be logged: what can be said is the answer.
    text: words === "" ? "/help" : saidOf(words, prefix),
    surface: surfaceOf(someone, channel, isDirect),
    place: { kind: isDirect ? "conversation" : "whisper", channel, thread },
    ...fileIn(said.files),
  };
}

/** Words as they were typed: without the mention of the bot, and with links, mentions and signs as they looked. */
function unescape(text: string, botId: string): string {
  return text
    .replaceAll(`<@${botId}>`, " ")
    .replaceAll(/<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g, (_, sign: string, target: string, label?: string) => label ?? sign + target)
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .trim();
}

/** The fields of a press that are read. */
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

/** Whether that is the id of a conversation between the bot and one person. */
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

/** The fields of a form that was sent that are read. */
export type Submission = {
  readonly trigger_id?: string | undefined;
  readonly view: {
    readonly id: string;
    readonly callback_id: string;
    readonly private_metadata: string;
    readonly state: { readonly values: Readonly<Record<string, Readonly<Record<string, { readonly value?: string | null | undefined }>>>> };
  };
};

/** Reads a form: what its choice says, and the words behind it. Each form is sent once, so its id is as good as any. */
export function readSubmission({ view }: Submission, someone: Someone): Asked {
  const words = Object.values(view.state.values).flatMap((block) => Object.values(block).flatMap(({ value }) => value ?? []));
  const place = parseTarget(view.private_metadata);
  const isDirect = place.kind !== "address" || place.isDirect;
  return {
    source: sourceOf(view.id),
    someone,
    text: `${view.callback_id} ${words.join(" ")}`,
    // A form that was opened in a channel is filled in there.
    surface: surfaceOf(someone, "channel" in place ? place.channel : undefined, isDirect),
    place,
  };
}

/** A place as it travels with a form; Slack shows it to nobody. */
export function serializeTarget(place: ResponseTarget): string {
  return JSON.stringify(place);
}

function parseTarget(text: string): ResponseTarget {
  const read: unknown = text === "" ? undefined : JSON.parse(text);
  const isPlace = typeof read === "object" && read !== null && "kind" in read;
  return isPlace ? (read as ResponseTarget) : { kind: "mail" };
}
