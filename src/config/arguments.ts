/** Parses the arguments after `npm start --`. */

/** The request: run, or print something and exit with a code. */
export type Asked =
  | { readonly kind: "run" }
  | { readonly kind: "say"; readonly text: string }
  | { readonly kind: "refused"; readonly text: string };

const help = `Usage: npm start [-- --help | --version]

Starts the coach: on Discord and Slack where their tokens are set, else on the console.
Settings are environment variables, or lines of a file .env in the folder where it is started; .env.example says what each means.
SIGTERM, SIGINT or SIGHUP stops it, within ten seconds; a second one ends it at once.

  --help     prints this
  --version  prints the version
`;

/** Parses the arguments; `version` is the program's. */
export function readArguments(words: readonly string[], version: string): Asked {
  const unknownNames = words.find((word) => !["--help", "-h", "--version", "-v"].includes(word));
  if (unknownNames !== undefined)
    return { kind: "refused", text: `Unknown argument ${JSON.stringify(unknownNames)}: "npm start -- --help" says what there is.\n` };
  if (words.some((word) => word === "--help" || word === "-h")) return { kind: "say", text: help };
  return words.length > 0 ? { kind: "say", text: `sweetspot ${version}\n` } : { kind: "run" };
}
