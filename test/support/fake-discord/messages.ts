/** The store of all messages, with their audience and content. */

import { type APIAttachment, type APIMessage, MessageType } from "discord.js";
import type { Latch } from "./latch.ts";
import type { Upload } from "./body.ts";
import { type Content, emptyContent, flagBits, merge, type MessageBody } from "./message-content.ts";
import { messageProblems } from "./message-rules.ts";
import { botUser, type Payload, personUser } from "./payloads.ts";
import { refuseProblems } from "./refusal.ts";
import type { Place, SentWords } from "./types.ts";
import type { Member, WorkspaceState } from "./workspace-state.ts";

/** A message as the fake server stores it. */
export type Message = {
  readonly id: string;
  readonly place: Place;
  readonly isFromBot: boolean;
  /** The only person who sees it; undefined for everybody. */
  readonly onlyFor: string | undefined;
  readonly content: Content;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly raw: APIMessage;
  readonly nonce: string | undefined;
  readonly edits: number;
};

/** A message that the bot posts. */
export type Draft = {
  readonly place: Place;
  readonly body: MessageBody;
  readonly uploads: readonly Upload[];
  /** Fields that only answers to interactions have. */
  readonly answer?: { readonly onlyFor: string | undefined; readonly extra: Payload };
};

/** The store of messages. */
export type Messages = {
  create(draft: Draft): Message;
  /** Creates a placeholder for an answer that follows. */
  createLoading(draft: Pick<Draft, "place" | "answer">): Message;
  edit(id: string, body: MessageBody, uploads: readonly Upload[]): Message;
  say(member: Member, place: Place, text: string, file?: SentWords): Message;
  remove(id: string): void;
  find(id: string): Message | undefined;
  /** The messages in a channel, oldest first. */
  in(channelId: string): readonly Message[];
  /** Rings at every change. */
  readonly changed: Latch;
};

/** Whether the message is still a placeholder. */
export function isLoading({ content }: Message): boolean {
  return (content.flags & flagBits.loading) !== 0;
}

/** Creates an empty store. */
export function createMessages(workspace: WorkspaceState, changed: Latch): Messages {
  const messages = new Map<string, Message>();
  const keep = (message: Message): Message => {
    messages.set(message.id, message);
    changed.ring();
    return message;
  };
  const shelf = (place: Place) => ({ channelId: place.channelId, freshId: workspace.freshId });
  const add = (draft: Draft, content: Content): Message => {
    const id = workspace.freshId();
    const { place, body, uploads, answer } = draft;
    const nonce = body.nonce === undefined || body.nonce === null ? undefined : String(body.nonce);
    const own = { id, nonce, timestamp: stamp(workspace), author: botUser(workspace), place, extra: answer?.extra ?? {} };
    const files = bytesBy(content, uploads, new Map());
    return keep({ id, place, isFromBot: true, onlyFor: answer?.onlyFor, content, files, raw: rawOf(own, content), nonce, edits: 0 });
  };
  return {
    changed,
    create(draft) {
      const { place, body, uploads, answer } = draft;
      const merged = merge(body, uploads, emptyContent, shelf(place));
      const after = answer?.onlyFor === undefined ? merged : { ...merged, flags: merged.flags | flagBits.ephemeral };
      refuseProblems(messageProblems({ body, uploads, after: merged, isAnswer: answer !== undefined }));
      return add(draft, after);
    },
    createLoading({ place, answer }) {
      const flags = flagBits.loading | (answer?.onlyFor === undefined ? 0 : flagBits.ephemeral);
      return add({ place, body: {}, uploads: [], ...(answer ? { answer } : {}) }, { ...emptyContent, flags });
    },
    edit(id, body, uploads) {
      const old = known(messages, id);
      const before = { ...old.content, flags: old.content.flags & ~flagBits.loading };
      const after = merge(body, uploads, before, shelf(old.place));
      refuseProblems(messageProblems({ body, uploads, before, after, isAnswer: old.raw.webhook_id !== undefined }));
      const edited = { ...old.raw, ...after, edited_timestamp: isLoading(old) ? null : stamp(workspace) } as APIMessage;
      const files = bytesBy(after, uploads, old.files);
      return keep({ ...old, content: after, files, raw: edited, edits: old.edits + 1 });
    },
    say(member, place, text, file) {
      const id = workspace.freshId();
      const content = { ...emptyContent, content: text, attachments: file ? [sent(file, place, workspace)] : [] };
      const mentions = text.includes(`<@${workspace.bot.id}>`) ? [botUser(workspace)] : [];
      const own = { id, nonce: workspace.freshId(), timestamp: stamp(workspace), author: personUser(member), place, extra: { mentions } };
      const raw = rawOf(own, content);
      return keep({ id, place, isFromBot: false, onlyFor: undefined, content, files: new Map(), raw, nonce: own.nonce, edits: 0 });
    },
    remove(id) {
      messages.delete(id);
      changed.ring();
    },
    find: (id) => messages.get(id),
    in: (channelId) => Array.from(messages.values()).filter(({ place }) => place.channelId === channelId),
  };
}

function known(messages: ReadonlyMap<string, Message>, id: string): Message {
  const message = messages.get(id);
  if (!message) throw new Error(`Edit ${id}: there must be such a message`);
  return message;
}

/** The bytes of each attachment. New uploads follow the kept attachments in order. */
function bytesBy({ attachments }: Content, uploads: readonly Upload[], before: ReadonlyMap<string, Uint8Array>): Map<string, Uint8Array> {
  const added = attachments.slice(attachments.length - uploads.length);
  const fresh = uploads.map(({ bytes }, index) => [added[index]?.id ?? "", bytes] as const);
  return new Map([...before, ...fresh]);
}

function stamp({ now }: WorkspaceState): string {
  return now().toString({ fractionalSecondDigits: 6 }).replace("Z", "+00:00");
}

type Own = {
  readonly id: string;
  readonly place: Place;
  readonly nonce: string | undefined;
  readonly timestamp: string;
  readonly author: APIMessage["author"];
  readonly extra: Payload;
};

function rawOf({ id, place, nonce, timestamp, author, extra }: Own, content: Content): APIMessage {
  const none = { tts: false, pinned: false, mention_everyone: false, mentions: [], mention_roles: [], edited_timestamp: null };
  const given = {
    id,
    channel_id: place.channelId,
    author,
    timestamp,
    type: MessageType.Default,
    ...(nonce === undefined ? {} : { nonce }),
  };
  return { ...none, ...given, ...content, ...extra };
}

/** A file as a message reports it. Anybody with its URL can download it. */
function sent({ name, content, url }: SentWords, { channelId }: Place, workspace: WorkspaceState): APIAttachment {
  const [id, bytes] = [workspace.freshId(), Buffer.from(content)];
  const path = `/attachments/${channelId}/${id}/${encodeURIComponent(name)}`;
  workspace.files.set(path, bytes);
  const given = url ?? workspace.origin() + path;
  return { id, filename: name, size: bytes.length, url: given, proxy_url: given };
}
