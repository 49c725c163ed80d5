/** Every event that the code logs stands in the table of `docs/log-events.md`, and nothing else does. */

import { expect, test } from "vitest";
import { filesIn, textOf } from "../support/project.ts";

/** A log call with one event, or with two of which one is chosen; and the two helpers that are handed an event. */
const calls = [
  /\blog\??\.(?:info|warn|error)\(\s*(?:[\w.! ]+\?\s*)?"([a-z-]+)"(?:\s*:\s*"([a-z-]+)")?/g,
  /\breport\("([a-z-]+)"\)/g,
  /\bbrake\.stop\([^;]*?"([a-z-]+)"\)/g,
];

function eventsIn(source: string): readonly string[] {
  return calls.flatMap((call) => Array.from(source.matchAll(call)).flatMap(([, one, other]) => [one, other].flatMap((name) => name ?? [])));
}

const logged = new Set(["src", "adapters"].flatMap((folder) => filesIn(folder, ".ts")).flatMap(({ source }) => eventsIn(source)));
const told = Array.from(textOf("docs/log-events.md").matchAll(/^\| `([a-z-]+)`/gmu)).map(([, name = ""]) => name);

test("every event that the code logs is in the table", () => {
  expect([...logged].filter((name) => !told.includes(name)).toSorted()).toEqual([]);
});

test("the table tells of no event that is never logged, and of none twice", () => {
  expect(told.filter((name) => !logged.has(name))).toEqual([]);
  expect(told.length).toBe(new Set(told).size);
});

test("an event is found however it is logged", () => {
  const source = `log.info("a-b"); deps.log.warn("c-d", {}); log.info(isNews ? "e-f" : "g-h", 1); report("i-j"); brake.stop(x, "k-l");`;
  expect(eventsIn(source)).toEqual(["a-b", "c-d", "e-f", "g-h", "i-j", "k-l"]);
});
