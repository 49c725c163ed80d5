/** Discord's documented rules for messages that its schemas do not check. */

import type { APIEmbed } from "discord.js";
import type { Upload } from "./body.ts";
import { componentProblems } from "./component-rules.ts";
import { type Content, flagBits, type MessageBody, partsOf } from "./message-content.ts";
import { when } from "./rule.ts";

/** A body with its uploads, and the resulting content. */
export type Written = {
  readonly body: MessageBody;
  readonly uploads: readonly Upload[];
  /** The content before an edit. */
  readonly before?: Content;
  readonly after: Content;
  /** Only answers to interactions may be ephemeral. */
  readonly isAnswer: boolean;
};

/** The problems of a message that is created or edited. */
export function messageProblems(written: Written): readonly string[] {
  const { body, after } = written;
  const isRich = (after.flags & flagBits.rich) !== 0;
  return [
    ...when(after.content.length > 2000, "content: at most 2000 characters"),
    ...when(isEmpty(written), "content: a message must hold something"),
    ...when(body.allowed_mentions?.parse?.length !== 0, "allowed_mentions: parse must be given, and be empty"),
    ...when(String(body.nonce ?? "").length > 25, "nonce: at most 25 characters"),
    ...flagProblems(written),
    ...embedProblems(after.embeds),
    ...(isRich ? richProblems(written) : []),
    ...componentProblems(after.components, isRich),
    ...attachmentProblems(written),
  ];
}

function isEmpty({ body, after }: Written): boolean {
  const parts = [after.embeds, after.components, after.attachments, body.sticker_ids ?? []];
  return after.content === "" && body.poll === undefined && parts.every(({ length }) => length === 0);
}

function flagProblems({ body, before, after, isAnswer }: Written): readonly string[] {
  const flags = body.flags ?? 0;
  const known = flagBits.suppressEmbeds | flagBits.ephemeral | flagBits.silent | flagBits.rich;
  const lost = before !== undefined && typeof body.flags === "number" && (before.flags & flagBits.rich) > (flags & flagBits.rich);
  return [
    ...when((flags & ~known) !== 0, `flags: ${flags} holds flags that a bot cannot set`),
    ...when(!isAnswer && (flags & flagBits.ephemeral) !== 0, "flags: only an answer to an interaction can be ephemeral"),
    ...when(lost && (after.flags & flagBits.rich) !== 0, "flags: IS_COMPONENTS_V2 cannot be taken away"),
  ];
}

function richProblems({ body, after }: Written): readonly string[] {
  const parts = partsOf(after.components);
  const words = parts.filter(({ type }) => type === 10).reduce((sum, { content }) => sum + String(content).length, 0);
  return [
    ...when(after.content !== "", "content: not with IS_COMPONENTS_V2"),
    ...when(after.embeds.length > 0, "embeds: not with IS_COMPONENTS_V2"),
    ...when(body.poll !== undefined, "poll: not with IS_COMPONENTS_V2"),
    ...when((body.sticker_ids?.length ?? 0) > 0, "sticker_ids: not with IS_COMPONENTS_V2"),
    ...when(after.components.length === 0, "components: with IS_COMPONENTS_V2 there must be some"),
    ...when(parts.length > 40, `components: at most 40 with those inside, not ${parts.length}`),
    ...when(words > 4000, `components: at most 4000 characters over all text displays, not ${words}`),
  ];
}

function embedProblems(embeds: readonly APIEmbed[]): readonly string[] {
  const total = embeds.flatMap(embedWords).join("").length;
  return [
    ...when(embeds.length > 10, "embeds: at most 10"),
    ...when(total > 6000, `embeds: at most 6000 characters over all, not ${total}`),
    ...embeds.flatMap((embed, index) => oneEmbed(embed).map((words) => `embeds[${index}].${words}`)),
  ];
}

/** All words of an embed. */
export function embedWords({ author, title, description, fields, footer }: APIEmbed): readonly string[] {
  const pairs = fields?.flatMap(({ name, value }) => [name, value]) ?? [];
  return [author?.name, title, description, ...pairs, footer?.text].filter(
    (words) => typeof words === "string" && words !== "",
  ) as string[];
}

function oneEmbed(embed: APIEmbed): readonly string[] {
  const { title = "", description = "", fields = [], footer, author } = embed;
  const isBlank = embedWords(embed).length === 0 && !embed.image && !embed.thumbnail && !embed.url;
  return [
    ...when(isBlank, "description: an embed must hold something"),
    ...when(title.length > 256, "title: at most 256 characters"),
    ...when(description.length > 4096, "description: at most 4096 characters"),
    ...when(fields.length > 25, "fields: at most 25"),
    ...when((footer?.text.length ?? 0) > 2048, "footer.text: at most 2048 characters"),
    ...when((author?.name.length ?? 0) > 256, "author.name: at most 256 characters"),
    ...fields.flatMap(({ name, value }, index) => [
      ...when(name.length === 0 || name.length > 256, `fields[${index}].name: 1 to 256 characters`),
      ...when(value.length === 0 || value.length > 1024, `fields[${index}].value: 1 to 1024 characters`),
    ]),
  ];
}

function attachmentProblems({ body, uploads, before, after }: Written): readonly string[] {
  const listed = body.attachments ?? [];
  const known = new Set([...uploads.map(({ index }) => index), ...(before?.attachments ?? []).map(({ id }) => id)]);
  const names = new Set(after.attachments.map(({ filename }) => filename));
  const references = JSON.stringify([after.embeds, after.components]).matchAll(/"attachment:\/\/([^"]*)"/gu);
  return [
    ...listed.filter(({ id }) => !known.has(id)).map(({ id }) => `attachments: no file came with the id ${id}`),
    ...listed
      .filter(({ description }) => (description?.length ?? 0) > 1024)
      .map(() => "attachments: a description has at most 1024 characters"),
    ...when(after.attachments.length > 10, "attachments: at most 10"),
    ...uploads.filter(({ index }) => !/^\d+$/u.test(index)).map(({ index }) => `files: ${index} is not files[n]`),
    ...Array.from(references, ([, name = ""]) => name)
      .filter((name) => !names.has(name))
      .map((name) => `attachments: attachment://${name} was not uploaded`),
  ];
}
