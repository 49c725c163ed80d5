/** Reads the environment and the file .env: values, and names that we do not know. */

import { parseEnv } from "node:util";
import { editDistance } from "#core/lib/edit-distance.ts";

/** Names and values; an empty value counts as unset. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** A variable that we do not know. */
export type UnknownName = {
  /** The problem and a suggestion, for the operator. */
  readonly words: string;
  /** Whether the variable was probably meant to configure a platform, judging by its name and value. */
  readonly isForPlatform: boolean;
};

/** The result of reading. */
export type Environment = { readonly values: Variables; readonly unknownNames: readonly UnknownName[] };

/** Variables of other programs that use Discord or Slack, such as notifiers. */
const foreign = /^(?:DISCORD|SLACK)_(?:WEBHOOK|CHANNEL|USERNAME|ICON|COLOR|TITLE|MESSAGE|FOOTER)/;
const platformPrefix = /^(?:DISCORD|SLACK)_/;
/** Length from which our names are compared. Shorter ones, HOST and PORT, resemble too many foreign names. */
const shortest = 8;
/** Wrong letters allowed in a name that resembles ours; and in a suggestion for a name with a platform's prefix. */
const [slips, far] = [2, 8];

/**
 * Reads `environment` and the text of .env; the environment wins. In .env every name outside `known` is unknown. In the environment, which
 * other programs use as well, only a name that resembles ours is.
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

/** The entry of `known` with the fewest different letters, at most `most`. */
function nearest(name: string, known: readonly string[], most: number): string | undefined {
  const near = known.flatMap((one) => {
    const apart = editDistance(fold(name), one, most);
    return apart === undefined ? [] : [{ one, apart }];
  });
  return near.toSorted((one, other) => one.apart - other.apart)[0]?.one;
}

/** Normalises a name: upper case, without the byte order mark that some editors write. */
function fold(name: string): string {
  return name.replaceAll(/[^\w]/gu, "").toUpperCase();
}

/** Lines that parse as nothing although they begin with one of our names. */
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
