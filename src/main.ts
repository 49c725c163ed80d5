/** The entry point: starts the app with a compile cache, which halves the start time. */

import { readFileSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { argv, stderr, stdout } from "node:process";
import { fileURLToPath } from "node:url";
import { readArguments } from "#src/config/arguments.ts";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { readonly version: string };

if ("Temporal" in globalThis) start();
else
  fail(
    `Sweetspot needs Node 26 or newer, and this is Node ${process.versions.node}: "npm start" finds the right one, where it is installed.\n`,
  );

/** Must stay synchronous: the launcher loads this module with `require`. */
function start(): void {
  const asked = readArguments(argv.slice(2), version);
  if (asked.kind === "say") stdout.write(asked.text);
  else if (asked.kind === "refused") fail(asked.text);
  else run();
}

function run(): void {
  // Files that we create must not be readable by other users of this machine.
  process.umask(0o077);
  enableCompileCache(fileURLToPath(new URL("../node_modules/.cache/sweetspot", import.meta.url)));
  void import("./app.ts");
}

function fail(sentence: string): void {
  stderr.write(sentence);
  process.exitCode = 1;
}
