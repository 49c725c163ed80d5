/** What comes in with a request: JSON, or a form of JSON and files. */

import type { IncomingMessage } from "node:http";
import { refusals } from "./refusal.ts";

/** A file that came with a request. */
export type Upload = { readonly index: string; readonly name: string; readonly bytes: Uint8Array };

/** A request's body as Discord reads it. */
export type Body = { readonly json: unknown; readonly uploads: readonly Upload[] };

/** The most that Discord takes for one file. */
const largestFile = 10 * 1024 * 1024;

/** All bytes of a request. */
export async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Reads `bytes` as what `type` says that they are. */
export async function readBody(bytes: Buffer, type = ""): Promise<Body> {
  if (bytes.length === 0) return { json: undefined, uploads: [] };
  if (!type.startsWith("multipart/form-data")) return { json: parse(bytes.toString("utf8")), uploads: [] };
  // All of it is in memory already, which is what the platform warns of.
  const sent: { formData(): Promise<FormData> } = new Response(new Uint8Array(bytes), { headers: { "content-type": type } });
  const form = await sent.formData();
  const uploads: Upload[] = [];
  for (const [field, value] of form) {
    if (typeof value === "string") continue;
    uploads.push({
      index: /^files\[(\d+)\]$/u.exec(field)?.[1] ?? field,
      name: value.name,
      bytes: new Uint8Array(await value.arrayBuffer()),
    });
  }
  if (uploads.some((upload) => upload.bytes.length > largestFile)) throw refusals.tooLarge();
  const json = form.get("payload_json");
  return { json: parse(typeof json === "string" ? json : "{}"), uploads };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusals.badJson();
  }
}
