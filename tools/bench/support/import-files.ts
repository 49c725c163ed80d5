/** Files that could block other people, by what is wrong with them; and two that are only large. */

const kinds = {
  "open brackets": (size) => Buffer.alloc(size, "["),
  "open brackets in an object": (size) => Buffer.concat([Buffer.from('{"person":'), Buffer.alloc(size, "[")]),
  "one string": (size) => Buffer.concat([Buffer.from('{"format":"'), Buffer.alloc(size, "x"), Buffer.from('"}')]),
  "own words": (size) =>
    archiveOf(
      repeated(size, (at) => `"w${at}":"strength",`, '"w":"strength"'),
      session(0),
    ),
  "keys at the top": (size) => Buffer.from(`{${repeated(size, (at) => `"k${at}":${at},`, '"k":1')}}`),
  "one key again and again": (size) => Buffer.from(`{${repeated(size, () => '"__proto__":{"a":1},', '"k":1')}}`),
  "a giant session": (size) => archiveOf("", `${session(0)},{"note":"${"x".repeat(size)}"}`),
  "bad sessions": (size) =>
    archiveOf(
      "",
      repeated(size, () => '{"id":"s","minutes":1e999},', session(0)),
    ),
  "one line": (size) => Buffer.concat([Buffer.from(head), Buffer.alloc(size, "x")]),
  "a header": (size) => Buffer.alloc(size, "date,minutes,activity,"),
  "an open quote": (size) => Buffer.concat([Buffer.from(`${head}"`), Buffer.alloc(size, "x\n")]),
  "tiny rows": (size) => Buffer.concat([Buffer.from(head), Buffer.alloc(size, "1\n")]),
  "empty lines": (size) => Buffer.alloc(size, "\n"),
  "rows of unknown words": (size) => Buffer.from(head + repeated(size, () => "2026-11-20,20,kettelbellz swingz\n", "")),
  "UTF-16": (size) => Buffer.from(`\uFEFF${head}${repeated(size / 2, () => "2026-11-20,20,сила\n", "")}`, "utf16le"),
  "bytes of no letter": (size) => Buffer.alloc(size, 0),
  "100,000 sessions as JSON": () => archiveOf("", Array.from({ length: 100_000 }, (_, at) => session(at)).join(",")),
  "100,000 sessions as CSV": () => Buffer.from(head + Array.from({ length: 100_000 }, (_, at) => `${dayOf(at)},20,strength\n`).join("")),
} as const satisfies Readonly<Record<string, (size: number) => Buffer>>;

/** The kind of a file. */
export type FileKind = keyof typeof kinds;

/** All kinds. */
export const fileKinds = Object.keys(kinds) as readonly FileKind[];

/** A file of that kind of about `size` bytes. The kinds that are only large have a fixed size. */
export function makeFile(kind: FileKind, size: number): Buffer {
  return kinds[kind](size);
}

const head = "date,minutes,activity\n";

/** Enough pieces for `size` characters, and `last`. */
function repeated(size: number, piece: (at: number) => string, last: string): string {
  const pieces: string[] = [];
  let letters = 0;
  for (let at = 0; letters < size; at += 1) {
    const next = piece(at);
    letters += next.length;
    pieces.push(next);
  }
  return pieces.join("") + last;
}

/** Nine sessions a day, counted back from the Wednesday of the benchmark. */
function dayOf(at: number): string {
  return Temporal.PlainDate.from("2026-11-24")
    .subtract({ days: Math.floor(at / 9) })
    .toString();
}

function session(at: number): string {
  const day = dayOf(at);
  const shares = '"strengthShare":1,"aerobicShare":0';
  return `{"id":"s${at}","activity":"strength","intensity":"moderate","minutes":${(at % 60) + 1},${shares},"day":"${day}","loggedAt":"${day}T08:00:00Z"}`;
}

function archiveOf(words: string, sessions: string): Buffer {
  const person = `"id":"p","joinedAt":"2026-01-01T08:00:00Z","timeZone":"Europe/Berlin","firstDay":1,"feedback":null,"restNudges":true,"trainingNudges":false,"quietHours":null,"isStopped":false,"pauses":[],"over65":false,"band":null,"plan":null,"moved":null,"words":{${words}},"told":[],"messagesOn":null`;
  return Buffer.from(
    `{"format":"sweetspot-export","version":1,"madeAt":"2026-11-20T09:00:00Z","person":{${person}},"sessions":[${sessions}]}`,
  );
}
