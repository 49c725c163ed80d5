/** Slack's documented rules for Block Kit and posts. A payload that breaks them is refused and reported. */

import type { Loose } from "./types.ts";

/** The problems of a message; empty if it is valid. */
export function messageProblems(body: Loose): readonly string[] {
  const text = body["text"];
  const words =
    typeof text === "string" && text.trim() !== "" && text.length <= 40_000 ? [] : ["its text must say something, in 40,000 characters"];
  const markup = typeof text === "string" && /[<>]|&(?!amp;|lt;|gt;)/u.test(text) ? [`its text holds markup: ${text}`] : [];
  const links = body["link_names"] || body["parse"] === "full" ? ["it must not link names"] : [];
  return [...words, ...markup, ...links, ...blocksProblems(body["blocks"], 50)];
}

/** The problems of a view. */
export function viewProblems(view: Loose): readonly string[] {
  const title =
    view["type"] === "modal" ? [...within("title", wordsOf(view["title"]), 24), ...within("callback_id", view["callback_id"], 255)] : [];
  const metadata = lengthOf(view["private_metadata"]) <= 3000 ? [] : ["private_metadata is longer than 3000"];
  return [...title, ...metadata, ...blocksProblems(view["blocks"], 100)];
}

function blocksProblems(blocks: unknown, most: number): readonly string[] {
  if (blocks === undefined) return [];
  if (!Array.isArray(blocks) || blocks.length > most) return [`there are more than ${most} blocks`];
  const all = blocks as readonly Loose[];
  const ids = all.flatMap((block) => list(block["elements"]).map((element) => element["action_id"])).filter((id) => id !== undefined);
  return [...(new Set(ids).size === ids.length ? [] : ["an action_id stands twice"]), ...all.flatMap(blockProblems)];
}

function blockProblems(block: Loose): readonly string[] {
  switch (block["type"]) {
    case "actions": {
      const elements = list(block["elements"]);
      return [
        ...(elements.length > 0 && elements.length <= 25 ? [] : ["actions hold 1 to 25 elements"]),
        ...elements.flatMap(elementProblems),
      ];
    }
    case "image":
      return within("alt_text", block["alt_text"], 2000);
    case "section":
      return within("text", wordsOf(block["text"]), 3000);
    case "input":
      return [...within("label", wordsOf(block["label"]), 2000), ...elementProblems(block["element"] as Loose)];
    case "rich_text":
      return runsOf(block).flatMap(runProblems);
    default:
      return [`a block of the type ${String(block["type"])} is not known`];
  }
}

function runProblems(run: Loose): readonly string[] {
  const address =
    run["type"] === "link" && !/^https:\/\/\S{1,2992}$/u.test(String(run["url"])) ? [`no address: ${String(run["url"])}`] : [];
  return [...within("text", run["text"], 4000), ...address];
}

function elementProblems(element: Loose): readonly string[] {
  const options = list(element["options"]);
  switch (element["type"]) {
    case "button":
      return [...within("text", wordsOf(element["text"]), 75), ...within("value", element["value"], 2000)];
    case "static_select":
      return [
        ...(options.length > 0 && options.length <= 100 ? [] : ["a list holds 1 to 100 options"]),
        ...options.flatMap((option) => [...within("text", wordsOf(option["text"]), 75), ...within("value", option["value"], 150)]),
      ];
    case "plain_text_input":
      return lengthOf(element["initial_value"]) <= 3000 ? [] : ["initial_value is longer than 3000"];
    default:
      return [`an element of the type ${String(element["type"])} is not known`];
  }
}

function within(name: string, value: unknown, most: number): readonly string[] {
  return typeof value === "string" && value.length >= 1 && value.length <= most
    ? []
    : [`${name} must have 1 to ${most} characters: ${JSON.stringify(value)}`];
}

function lengthOf(value: unknown): number {
  return typeof value === "string" ? value.length : 0;
}

/** The items of an untyped list. */
export function list(value: unknown): readonly Loose[] {
  return Array.isArray(value) ? (value as readonly Loose[]) : [];
}

/** The words of a text object. */
export function wordsOf(value: unknown): unknown {
  return typeof value === "object" && value !== null && "text" in value ? value.text : undefined;
}

/** The elements of a rich text block. */
export function runsOf(block: Loose): readonly Loose[] {
  return list(block["elements"]).flatMap((section) => list(section["elements"]));
}
