/** Request bodies for tests of the fake server, as a bot without discord.js would send them. */

import type { Discord } from "./types.ts";

/** A body, or a part of one. */
export type Json = Readonly<Record<string, unknown>>;

/** A request. */
export type RequestBody = { readonly method?: string; readonly json: unknown; readonly files?: readonly string[] };

/** A response. */
export type Told = { readonly status: number; readonly code: unknown; readonly json: unknown };

/** Allows no mentions. */
export const quiet = { allowed_mentions: { parse: [] } } as const;

/** The same for Components V2. */
export const rich = { ...quiet, flags: 1 << 15 } as const;

/** Sends a request as the bot, with files if given. */
export async function ask(discord: Discord, path: string, { method = "POST", json, files = [] }: RequestBody): Promise<Told> {
  const form = new FormData();
  form.set("payload_json", JSON.stringify(json));
  for (const [index, name] of files.entries()) form.set(`files[${index}]`, new Blob(["bytes"]), name);
  const headers = { authorization: `Bot ${discord.token}`, ...(files.length > 0 ? {} : { "content-type": "application/json" }) };
  const body = files.length > 0 ? form : JSON.stringify(json);
  const response = await fetch(`${discord.apiUrl}/v10${path}`, { method, headers, ...(method === "GET" ? {} : { body }) });
  const told: unknown = response.status === 204 ? undefined : await response.json();
  return { status: response.status, code: (told as { readonly code?: unknown } | undefined)?.code, json: told };
}

/** A row of buttons or a menu. */
export function row(...components: readonly Json[]): Json {
  return { type: 1, components };
}

/** A button. */
export function button(over: Json = {}): Json {
  return { type: 2, style: 1, label: "Go", custom_id: "go", ...over };
}

/** A select menu. */
export function menu(values: readonly string[], over: Json = {}): Json {
  return { type: 3, custom_id: "menu", options: values.map((value) => ({ label: value, value })), ...over };
}

/** A text component. */
export function text(content: string): Json {
  return { type: 10, content };
}

/** A picture component. */
export function gallery(name: string): Json {
  return { type: 12, items: [{ media: { url: `attachment://${name}` }, description: "Bars" }] };
}

/** A form field with its label. */
export function field(over: Json = {}): Json {
  return { type: 18, label: "What", component: { type: 4, custom_id: "what", style: 1, ...over } };
}

/** A text of that length. */
export function words(length: number): string {
  return "w".repeat(length);
}

/** An array of `count` items. */
export function many<Part>(count: number, make: (index: number) => Part): readonly Part[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
