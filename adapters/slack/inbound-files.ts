/** Files that people send on Slack: which there is, and how it is read. */

import type { Inbound } from "#src/ports/adapter.ts";
import type { Download } from "../shared/download.ts";
import type { Bot } from "./ids.ts";

/** Where Slack keeps what people upload: the first address, where that one redirects to, and the first one of its GovSlack. */
export const fileHosts: readonly string[] = ["files.slack.com", "files-origin.slack.com", "files.slack-gov.com"];

/** A file of a message; `isExternal` where Slack only points to it. Its size is in bytes, and its address is as Slack gave it. */
export type SlackFile = { readonly name: string; readonly size: number; readonly url: string; readonly isExternal: boolean };

type Raw = Partial<Readonly<Record<"name" | "title" | "size" | "url_private" | "is_external" | "external_type" | "mode", unknown>>>;

/** The first of the files in an event. One that Slack does not keep itself need not have a name that tells what it is. */
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

/** A file that is kept elsewhere, as in a cloud drive, is left alone: it is not Slack's, and Slack's token is not for it. */
export function sentFile({ name, size, url, isExternal }: SlackFile, { token }: Bot, download: Download): NonNullable<Inbound["file"]> {
  if (isExternal) return { name, size, isElsewhere: true, read: async () => ({ kind: "elsewhere" }) };
  return { name, size, isElsewhere: false, read: async (most) => await download({ url, most, secret: token }) };
}
