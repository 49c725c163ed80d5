/** Encrypts tokens with AES-256-GCM and keys from outside the database. Each ciphertext is bound to its context (AAD). */

import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import type { TokenCipher } from "#src/ports/runtime.ts";

/** Length of a key in bytes. */
export const keyLength = 32;
const cipher = "aes-256-gcm";
const [ivLength, tagLength] = [12, 16];

/** Creates a cipher. `keys` have `keyLength` bytes each: the first one encrypts, all of them decrypt. Throws if there is none. */
export function createTokenCipher(keys: readonly Uint8Array[]): TokenCipher {
  const [newest] = keys;
  if (!newest) throw new Error("Create a token cipher: there must be at least one key");
  const byName = new Map(keys.map((key) => [nameOf(key), key]));
  return {
    encrypt(secret, aad) {
      const iv = randomBytes(ivLength);
      const encryption = createCipheriv(cipher, newest, iv).setAAD(Buffer.from(aad));
      const bytes = Buffer.concat([iv, encryption.update(secret, "utf8"), encryption.final(), encryption.getAuthTag()]);
      return `${nameOf(newest)}.${bytes.toString("base64url")}`;
    },
    decrypt(encrypted, aad) {
      const [name = "", text = ""] = encrypted.split(".");
      const key = byName.get(name);
      if (!key) throw new Error(`Decrypt a token: one of the keys must be "${name}", with which it was encrypted`);
      const bytes = Buffer.from(text, "base64url");
      const decryption = createDecipheriv(cipher, key, bytes.subarray(0, ivLength), { authTagLength: tagLength }).setAAD(Buffer.from(aad));
      decryption.setAuthTag(bytes.subarray(-tagLength));
      return Buffer.concat([decryption.update(bytes.subarray(ivLength, -tagLength)), decryption.final()]).toString("utf8");
    },
    usesNewestKey: (encrypted) => encrypted.startsWith(`${nameOf(newest)}.`),
  };
}

/** An id of a key that does not reveal it. */
function nameOf(key: Uint8Array): string {
  return createHash("sha256").update(key).digest("base64url").slice(0, 8);
}
