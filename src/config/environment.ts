/** The environment and the file .env: what they set, and which names in them nobody reads. */

import { parseEnv } from "node:util";
import { editDistance } from "#core/lib/edit-distance.ts";

/** Names and values; an empty one is as good as none. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** A name that nobody reads. */
export type UnknownName = {
  /** What is wrong and what may be meant, for whoever runs the program. */
  readonly words: string;
  /** Whether a platform was to be set by it, as far as its name and value tell. */
  readonly isForPlatform: boolean;
};

/** What was read. */
export type Environment = { readonly values: Variables; readonly unknownNames: readonly UnknownName[] };

/** Of other programs that talk to Discord or Slack, such as notifiers. */
const foreign = /^(?:DISCORD|SLACK)_(?:WEBHOOK|CHANNEL|USERNAME|ICON|COLOR|TITLE|MESSAGE|FOOTER)/;
const platformPrefix = /^(?:DISCORD|SLACK)_/;
/** Shorter ones of ours, HOST and PORT, are near to too much that is somebody else's. */
const shortest = 8;
/** How many letters may be wrong in a name that still looks like ours; and, behind the name of a platform, in what is suggested. */
const [slips, far] = [2, 8];

/**
 * Reads `environment` and the text of .env, whose values hold where the environment has none. In .env each name that is not of `known` is
 * unknown; in the environment, which other programs read as well, one that looks like ours.
 */
export function readEnvironment(environment: Variables, file: string, known: readonly string[]): Environment {
  const inFile: Variables = parseEnv(file);
  const set = Object.entries(environment).filter(([name]) => !known.includes(name) && !Object.hasOwn(inFile, name));
  const values = { ...inFile, ...Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim())) };
  return {
    values,
    unknownNames: [
      ...brokenLines(file, known),
      ...Object.entries(inFile).flatMap(([name, value]) =>
        known.includes(name) ? [] : [describeUnknownName(name, value, { known, where: " in .env" })],
      ),
      ...set.filter(([name]) => looksLikeOurs(name, known)).map(([name, value]) => describeUnknownName(name, value, { known, where: "" })),
    ],
  };
}

type About = { readonly known: readonly string[]; readonly where: string };

function describeUnknownName(name: string, value: string | undefined, { known, where }: About): UnknownName {
  const meant = nearest(name, known, platformPrefix.test(fold(name)) ? far : slips);
  const hint = meant === undefined ? ".env.example names those that there are" : `did you mean ${meant}?`;
  const isForPlatform = platformPrefix.test(meant ?? fold(name)) && !foreign.test(fold(name)) && Boolean(value?.trim());
  return { words: `${quoted(name)}${where} is no variable of Sweetspot; ${hint}`, isForPlatform };
}

function looksLikeOurs(name: string, known: readonly string[]): boolean {
  if (foreign.test(fold(name))) return false;
  const long = known.filter(({ length }) => length >= shortest);
  return platformPrefix.test(fold(name)) || nearest(name, long, slips) !== undefined;
}

/** The one of `known` in which the fewest letters are different, at most `most`. */
function nearest(name: string, known: readonly string[], most: number): string | undefined {
  const near = known.flatMap((one) => {
    const apart = editDistance(fold(name), one, most);
    return apart === undefined ? [] : [{ one, apart }];
  });
  return near.toSorted((one, other) => one.apart - other.apart)[0]?.one;
}

/** As ours are spelt: in capitals, without the mark that some editors put before the first line. */
function fold(name: string): string {
  return name.replaceAll(/[^\w]/gu, "").toUpperCase();
}

/** Lines that would be passed over in silence, though they begin with a name of ours. */
function brokenLines(file: string, known: readonly string[]): readonly UnknownName[] {
  return file.split(/\r?\n/u).flatMap((line, index) => {
    const [, name = "", rest = ""] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*([^=]*)$/u.exec(line) ?? [];
    const meant = name === "" ? undefined : nearest(name, known, 0);
    if (meant === undefined) return [];
    const words = `Line ${index + 1} of .env sets nothing: it must be ${meant}= and then the value`;
    return [{ words, isForPlatform: platformPrefix.test(meant) && rest !== "" }];
  });
}

function quoted(name: string): string {
  return /^\w+$/u.test(name) ? name : JSON.stringify(name);
}
