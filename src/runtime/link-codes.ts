/** Codes by which somebody links another account: 60 bits, in letters that nobody confuses. */

import { createHash, randomBytes } from "node:crypto";
import type { LinkCodeGenerator } from "#src/ports/runtime.ts";

/** Crockford's: without I, L, O and U. */
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const length = 12;

/** Codes. Their hashes are what is kept: who reads the database finds none. */
export function createLinkCodeGenerator(): LinkCodeGenerator {
  return {
    fresh() {
      const drawn = Array.from(randomBytes(length), (byte) => letters[byte % letters.length]).join("");
      return { words: (drawn.match(/.{4}/gu) ?? []).join("-"), hash: hashOf(drawn) };
    },
    hashOf,
  };
}

/** However it is typed: in lower case, with spaces, and with the letters that look like others. */
function hashOf(words: string): string {
  const plain = words
    .toUpperCase()
    .replaceAll("O", "0")
    .replaceAll(/[IL]/gu, "1")
    .replaceAll(/[^0-9A-Z]/gu, "");
  return createHash("sha256").update(plain).digest("base64url");
}
