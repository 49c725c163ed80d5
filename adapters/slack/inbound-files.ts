/** Files that people send on Slack: choosing one from an event, and reading it. */

import type { Inbound } from "#src/ports/adapter.ts";
import type { Download } from "../shared/download.ts";
import type { Bot } from "./ids.ts";

/** Hosts of Slack's uploads: the usual one, its redirect target, and that of GovSlack. */
export const fileHosts: readonly string[] = ["files.slack.com", "files-origin.slack.com", "files.slack-gov.com"];

/** A file of a message. `size` is in bytes; `url` is as Slack sent it. `isExternal` means that Slack only links to it. */
export type SlackFile = { readonly name: string; readonly size: number; readonly url: string; readonly isExternal: boolean };

type Raw = Partial<Readonly<Record<"name" | "title" | "size" | "url_private" | "is_external" | "external_type" | "mode", unknown>>>;

/** The first file in an event. An external file may have any name. */
export function fileIn(files: unknown): { readonly file?: SlackFile } {
  const sent = (Array.isArray(files) ? files : []).find((one): one is Raw => typeof one === "object" && one !== null);
  if (!sent) return {};
  const isExternal = Boolean(sent.is_external) || Boolean(sent.external_type) || sent.mode === "external";
  const [name, url] = [wordsIn(sent.name) || (isExternal ? wordsIn(sent.title) || "file" : ""), wordsIn(sent.url_private)];
  const size = typeof sent.size === "number" ? sent.size : 0;
  return name !== "" && (url !== "" || isExternal) ? { file: { name, size, url, isExternal } } : {};
}

function wordsIn(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Reads the file. An external file, such as one in a cloud drive, is not read: it must not receive Slack's token. */
export function sentFile({ name, size, url, isExternal }: SlackFile, { token }: Bot, download: Download): NonNullable<Inbound["file"]> {
  if (isExternal) return { name, size, isElsewhere: true, read: async () => ({ kind: "elsewhere" }) };
  return { name, size, isElsewhere: false, read: async (most) => await download({ url, most, secret: token }) };
}
