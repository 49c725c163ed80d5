/**
 * Fails when a package of a lock file could be replaced by other bytes unseen: one without a SHA-512 digest, or with an address of its own.
 *
 * `node .ci/check-lock.mjs [FILE]`; FILE is package-lock.json unless given. It needs no package, so that it can run before any is installed.
 */

import { readFileSync } from "node:fs";

const [, , file = "package-lock.json"] = process.argv;
const { lockfileVersion, packages } = JSON.parse(readFileSync(file, "utf8"));
const digest = /^sha512-[A-Za-z0-9+/]{86}==$/;

const problems = Object.entries(packages ?? {})
  .filter(([path]) => path !== "")
  .flatMap(([path, { integrity, resolved, link }]) => [
    ...(digest.test(integrity ?? "") ? [] : [`${path} has no sha512 integrity`]),
    ...(resolved === undefined ? [] : [`${path} is downloaded from an address of its own`]),
    ...(link === true ? [`${path} is a link`] : []),
  ]);
if (lockfileVersion !== 3 || packages === undefined) problems.push("it must be a lock file of version 3");
for (const problem of problems) console.error(`${file}: ${problem}`);
process.exitCode = problems.length > 0 ? 1 : 0;
