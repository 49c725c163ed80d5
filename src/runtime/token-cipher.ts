/** Secrets, unreadable for whoever has only the database: AES-256-GCM with keys from outside, each bound to what it is about. */

import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import type { TokenCipher } from "#src/ports/runtime.ts";

/** Bytes of a key. */
export const keyLength = 32;
const cipher = "aes-256-gcm";
const [ivLength, tagLength] = [12, 16];

/** A cipher with `keys`, each of `keyLength` bytes: the first one encrypts, and each of them decrypts. Throws without any. */
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

/** By which a key is known again, without telling it. */
function nameOf(key: Uint8Array): string {
  return createHash("sha256").update(key).digest("base64url").slice(0, 8);
}
