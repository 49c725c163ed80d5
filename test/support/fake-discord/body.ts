/** Request bodies: JSON, or a multipart form of JSON and files. */

import type { IncomingMessage } from "node:http";
import { refusals } from "./refusal.ts";

/** An uploaded file. */
export type Upload = { readonly index: string; readonly name: string; readonly bytes: Uint8Array };

/** A parsed request body. */
export type Body = { readonly json: unknown; readonly uploads: readonly Upload[] };

/** Discord's limit for one file, in bytes. */
const largestFile = 10 * 1024 * 1024;

/** Reads all bytes of a request. */
export async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Parses `bytes` by the content type `type`. */
export async function readBody(bytes: Buffer, type = ""): Promise<Body> {
  if (bytes.length === 0) return { json: undefined, uploads: [] };
  if (!type.startsWith("multipart/form-data")) return { json: parse(bytes.toString("utf8")), uploads: [] };
  // The platform warns that `formData` loads the body into memory. It is in memory already.
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
