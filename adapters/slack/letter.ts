/** Messages with their pictures, ready to be posted. */

import type { KnownBlock, WebClient } from "@slack/web-api";
import { placeOf } from "#core/place.ts";
import type { Reply } from "#core/reply.ts";
import type { Log } from "#src/ports.ts";
import { classify } from "./failure.ts";
import type { Bot } from "./place.ts";
import type { Spell } from "./spelling.ts";

/** What letters are written with. `paint` draws SVG text as the bytes of a PNG. */
export type Desk = {
  readonly log: Log;
  readonly client: WebClient;
  readonly paint: (svg: string) => Promise<Uint8Array>;
  /** Says commands as they are typed on Slack. */
  readonly spell: Spell;
};

/** Uploads the pictures of `reply`, and gives the ids of their files. What cannot be painted or uploaded is left out: the words say all of it. */
export async function uploadAll({ blocks }: Reply, { token }: Bot, desk: Desk): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const block of blocks) {
    if (block.kind !== "picture") continue;
    const id = await upload(block, token, desk).catch((error: unknown) => desk.log.warn("slack-picture-failed", placeOf(error)));
    if (id) files.set(block.svg, id);
  }
  return files;
}

/**
 * A picture is known a moment after it was uploaded; where Slack does not know it yet, `say` says the words without it. `unread` is how Slack
 * says so: by another word of views than of messages.
 */
export async function withPictures<Said>(
  blocks: readonly KnownBlock[],
  say: (blocks: KnownBlock[]) => Promise<Said>,
  { log }: Pick<Desk, "log">,
  unread: "invalid_blocks" | "invalid_arguments" = "invalid_blocks",
): Promise<Said> {
  try {
    return await say([...blocks]);
  } catch (error) {
    const words = blocks.filter(({ type }) => type !== "image");
    const failure = classify(error);
    if (words.length === blocks.length || failure.kind !== "refused" || failure.code !== unread) throw error;
    log.warn("slack-picture-unknown", placeOf(error));
    return await say(words);
  }
}

/** It belongs to no channel: whoever is shown a block with it sees it, and nobody else. */
async function upload({ name, svg }: { readonly name: string; readonly svg: string }, token: string, desk: Desk): Promise<string> {
  const id = await put({ filename: `${name}.png`, bytes: Buffer.from(await desk.paint(svg)) }, token, desk);
  await desk.client.files.completeUploadExternal({ token, files: [{ id, title: name }] });
  return id;
}

/** Shares the files of `reply` in the conversation `channel`, as one message. */
export async function shareFiles({ blocks }: Reply, { token }: Bot, channel: string, desk: Desk): Promise<void> {
  const files: { readonly id: string; readonly title: string }[] = [];
  for (const block of blocks) {
    if (block.kind !== "file") continue;
    const id = await put({ filename: block.name, bytes: Buffer.from(block.content) }, token, desk);
    files.push({ id, title: block.name });
  }
  const [first, ...others] = files;
  if (!first) return;
  await desk.client.files.completeUploadExternal({ token, channel_id: channel, files: [first, ...others] });
}

/** The first two of the three steps that Slack wants. */
async function put(
  { filename, bytes }: { readonly filename: string; readonly bytes: Buffer<ArrayBuffer> },
  token: string,
  { client }: Desk,
): Promise<string> {
  const place = await client.files.getUploadURLExternal({ token, filename, length: bytes.length });
  const { upload_url: url, file_id: id } = place;
  if (!url || !id) throw new Error("Upload a file: Slack must say where to");
  const response = await fetch(url, { method: "POST", body: bytes, signal: AbortSignal.timeout(uploading) });
  if (!response.ok) throw new Error(`Upload a file: Slack must take it, and answered ${response.status}`);
  return id;
}

/** Milliseconds. */
const uploading = 10_000;
