/** Uploads pictures and files of replies. */

import { WebAPIHTTPError, type WebClient } from "@slack/web-api";
import type { Reply } from "#core/model/reply.ts";
import { describeError } from "#src/ports/describe-error.ts";
import type { Log } from "#src/ports/runtime.ts";
import { type RenderPng, renderPngWithin } from "../../shared/pictures.ts";
import { persist } from "../../shared/retry.ts";
import { withDeadline } from "../../shared/with-deadline.ts";
import type { CommandRewriter } from "../command-names.ts";
import { classify, type Failure } from "../errors.ts";
import type { Bot } from "../ids.ts";

/** What rendering needs. `renderPng` renders SVG text as PNG bytes. */
export type RenderContext = {
  readonly log: Log;
  readonly client: WebClient;
  readonly renderPng: RenderPng;
  /** Rewrites commands to the way they are typed on Slack. */
  readonly rewriteCommands: CommandRewriter;
  /** Milliseconds to wait for a picture's upload while somebody waits for the words. Default: the deadline of any call. */
  readonly pictureWait?: number;
};

/** Uploads the pictures of `reply` and returns their file ids. Failed pictures are left out, since the words say the same. */
export async function uploadAll({ blocks }: Reply, { token }: Bot, context: RenderContext): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const block of blocks) {
    if (block.kind !== "picture") continue;
    const id = await upload(block, token, context).catch((error: unknown) =>
      context.log.warn("slack-picture-failed", describeError(error)),
    );
    if (id) files.set(block.svg, id);
  }
  return files;
}

/** Uploads a picture without sharing it in a channel. Only people who are shown its block can see it. */
async function upload(
  { name, svg }: { readonly name: string; readonly svg: string },
  token: string,
  context: RenderContext,
): Promise<string> {
  const bytes = Buffer.from(await renderPngWithin(context.renderPng)(svg));
  const put = async (): Promise<string> => {
    const id = await putFile({ filename: `${name}.png`, bytes }, token, context);
    await context.client.files.completeUploadExternal({ token, files: [{ id, title: name }] });
    return id;
  };
  return await (context.pictureWait === undefined ? put() : withDeadline(context.pictureWait, put()));
}

/** Milliseconds for which a file is retried. The words that report the result wait for it. */
const sharing = 1500;

/** Shares the files of `reply` in `channel` as one message. Returns the failure of any of Slack's three steps. */
export async function shareFiles({ blocks }: Reply, { token }: Bot, channel: string, context: RenderContext): Promise<Failure | undefined> {
  const files = blocks.flatMap((block) => (block.kind === "file" ? [block] : []));
  if (files.length === 0) return undefined;
  const share = async (): Promise<void> => {
    const put: { readonly id: string; readonly title: string }[] = [];
    for (const { name, content } of files) {
      const id = await putFile({ filename: name, bytes: Buffer.from(content) }, token, context);
      put.push({ id, title: name });
    }
    const [first, ...others] = put;
    if (first) await context.client.files.completeUploadExternal({ token, channel_id: channel, files: [first, ...others] });
  };
  const attempt = async (): Promise<Failure | undefined> =>
    await share().then(
      () => undefined,
      (error: unknown) => {
        context.log.warn("slack-file-failed", describeError(error));
        return classify(error);
      },
    );
  const isWorthIt = (failure: Failure | undefined) => (failure?.kind === "ambiguous" || failure?.kind === "not-sent" ? "soon" : undefined);
  return await persist(attempt, isWorthIt, { waited: sharing, stopping: new AbortController().signal });
}

/** The first two of Slack's three upload steps. */
async function putFile(
  { filename, bytes }: { readonly filename: string; readonly bytes: Buffer<ArrayBuffer> },
  token: string,
  { client }: RenderContext,
): Promise<string> {
  const place = await client.files.getUploadURLExternal({ token, filename, length: bytes.length });
  const { upload_url: url, file_id: id } = place;
  if (!url || !id) throw new Error("Upload a file: Slack must say where to");
  const response = await fetch(url, { method: "POST", body: bytes, signal: AbortSignal.timeout(uploading) });
  if (!response.ok) throw new WebAPIHTTPError(response.status, response.statusText, {});
  return id;
}

/** Milliseconds. */
const uploading = 10_000;
