/** Every event that the code logs stands in the table of `docs/log-events.md` with its levels, and nothing else does. */

import { expect, test } from "vitest";
import { filesIn, textOf } from "./support/project.ts";

/** A log call with one event, or with two of which one is chosen; and the two helpers that are handed an event and choose its level. */
const calls = [
  /\blog\??\.(?<level>info|warn|error)\(\s*(?:[^?(),]+\?\s*)?"(?<one>[a-z-]+)"(?:\s*:\s*"(?<other>[a-z-]+)")?/g,
  /\breport\("(?<one>[a-z-]+)"\)/g,
  /\bbrake\.stop\([^;]*?"(?<one>[a-z-]+)"\)/g,
];

type Event = { readonly name: string; readonly level: string | undefined };

function eventsIn(source: string): readonly Event[] {
  return calls
    .flatMap((call) => Array.from(source.matchAll(call), ({ groups = {} }) => groups))
    .flatMap(({ level, one, other }) => [one, other].flatMap((name) => (name === undefined ? [] : [{ name, level }])));
}

const logged = ["src", "adapters"].flatMap((folder) => filesIn(folder, ".ts")).flatMap(({ source }) => eventsIn(source));
const names = new Set(logged.map(({ name }) => name));
const rows = Array.from(textOf("docs/log-events.md").matchAll(/^\| `([a-z-]+)` *\| ([a-z, ]*?) *\|/gmu), ([, name = "", levels = ""]) => ({
  name,
  levels,
}));
const told = rows.map(({ name }) => name);

/** The levels at which the code logs `name`, the mildest first; undefined where a helper chooses. */
function levelsOf(name: string): string | undefined {
  const levels = logged.flatMap((event) => (event.name === name && event.level !== undefined ? [event.level] : []));
  return levels.length === 0 ? undefined : ["info", "warn", "error"].filter((level) => levels.includes(level)).join(", ");
}

test("every event that the code logs is in the table", () => {
  expect([...names].filter((name) => !told.includes(name)).toSorted()).toEqual([]);
});

test("the table tells of no event that is never logged, and of none twice", () => {
  expect(told.filter((name) => !names.has(name))).toEqual([]);
  expect(told.length).toBe(new Set(told).size);
});

test("the table tells the levels at which each event is logged", () => {
  const wrong = rows.flatMap(({ name, levels }) =>
    (levelsOf(name) ?? levels) === levels ? [] : [{ name, levels, logged: levelsOf(name) }],
  );
  expect(wrong).toEqual([]);
});

test("an event is found however it is logged", () => {
  const source = `log.info("a-b"); deps.log.warn("c-d", {}); log.info(isNews ? "e-f" : "g-h", 1); report("i-j"); brake.stop(x, "k-l");
    else log.error(it.kind === "m" ? "m-n" : "o-p", fields);`;
  expect(eventsIn(source).map(({ name, level = "" }) => `${name} ${level}`.trim())).toEqual([
    "a-b info",
    "c-d warn",
    "e-f info",
    "g-h info",
    "m-n error",
    "o-p error",
    "i-j",
    "k-l",
  ]);
});
