/** What somebody reads in their browser who installs the bot in a workspace. */

import type { ServerResponse } from "node:http";
import { paths } from "../manifest/index.ts";
import { slashOf } from "../command-names.ts";

/** A page. Words are shown as they are; `again` leads back to the beginning. */
export type Page = { readonly status: number; readonly title: string; readonly words: string; readonly again: boolean };

/** It is installed in the workspace called `name`. */
export function installed(name: string, prefix: string): Page {
  const words = `In any channel, type ${slashOf("log", prefix)} 20 strength. Only you see the answer.`;
  return { status: 200, title: `Sweetspot is in ${name}`, words, again: false };
}

/** Whoever was asked said no. */
export const declined: Page = { status: 200, title: "Nothing was installed", words: "You said no, and that is fine.", again: true };

/** The way back from Slack was too old, was gone before, or began in another browser. */
export const stale: Page = {
  status: 400,
  title: "Nothing was installed",
  words: "This address works once, within ten minutes, and in the browser in which you began.",
  again: true,
};

/** Slack did not give what was asked for. */
export const failed: Page = { status: 502, title: "Nothing was installed", words: "Slack did not answer as it should.", again: true };

/** Answers with `page`. */
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
