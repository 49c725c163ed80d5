/** Starts the program with its compiled code kept between starts, which halves the time until it is ready. */

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

/** Nothing here may wait: the launcher loads this module by `require`. */
function start(): void {
  const asked = readArguments(argv.slice(2), version);
  if (asked.kind === "say") stdout.write(asked.text);
  else if (asked.kind === "refused") fail(asked.text);
  else run();
}

function run(): void {
  // Nobody else on this machine is to read what people log, whatever makes the file.
  process.umask(0o077);
  enableCompileCache(fileURLToPath(new URL("../node_modules/.cache/sweetspot", import.meta.url)));
  void import("./app.ts");
}

function fail(sentence: string): void {
  stderr.write(sentence);
  process.exitCode = 1;
}
