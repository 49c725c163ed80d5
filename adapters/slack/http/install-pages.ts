/** The web pages that a person sees while installing the bot in a workspace. */

import type { ServerResponse } from "node:http";
import { paths } from "../manifest/index.ts";
import { slashOf } from "../command-names.ts";

/** A page. `words` are escaped; `again` adds a link to the start. */
export type Page = { readonly status: number; readonly title: string; readonly words: string; readonly again: boolean };

/** The bot is installed in the workspace called `name`. */
export function installed(name: string, prefix: string): Page {
  const words = `In any channel, type ${slashOf("log", prefix)} 20 strength. Only you see the answer.`;
  return { status: 200, title: `Sweetspot is in ${name}`, words, again: false };
}

/** The person declined. */
export const declined: Page = { status: 200, title: "Nothing was installed", words: "You said no, and that is fine.", again: true };

/** The callback was too old, was used before, or began in another browser. */
export const stale: Page = {
  status: 400,
  title: "Nothing was installed",
  words: "This address works once, within ten minutes, and in the browser in which you began.",
  again: true,
};

/** Slack did not grant the installation. */
export const failed: Page = { status: 502, title: "Nothing was installed", words: "Slack did not answer as it should.", again: true };

/** Sends `page`. */
export function show(response: ServerResponse, { status, title, words, again }: Page): void {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
  });
  const link = again ? `<p><a href="${paths.install}">Begin again</a></p>` : "";
  response.end(
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title>` +
      `<style>body{font:18px/1.5 system-ui,sans-serif;max-width:34em;margin:15vh auto;padding:0 1em;color:#22332b;background:#faf8f3}</style>` +
      `<h1>${escape(title)}</h1><p>${escape(words)}</p>${link}</html>`,
  );
}

function escape(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
