/** Generates link codes: 60 bits, in letters that are not confused with each other. */

import { createHash, randomBytes } from "node:crypto";
import type { LinkCodeGenerator } from "#src/ports/runtime.ts";

/** Crockford's base 32: without I, L, O and U. */
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const length = 12;

/** Creates the generator. Only hashes are stored, so that the database reveals no code. */
export function createLinkCodeGenerator(): LinkCodeGenerator {
  return {
    fresh() {
      const drawn = Array.from(randomBytes(length), (byte) => letters[byte % letters.length]).join("");
      return { words: (drawn.match(/.{4}/gu) ?? []).join("-"), hash: hashOf(drawn) };
    },
    hashOf,
  };
}

/** Accepts lower case, spaces and look-alike letters. */
function hashOf(words: string): string {
  const plain = words
    .toUpperCase()
    .replaceAll("O", "0")
    .replaceAll(/[IL]/gu, "1")
    .replaceAll(/[^0-9A-Z]/gu, "");
  return createHash("sha256").update(plain).digest("base64url");
}
