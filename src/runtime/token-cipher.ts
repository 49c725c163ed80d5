/** Secrets, unreadable for whoever has only the database: AES-256-GCM with keys from outside, each bound to what it is about. */

import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import type { Seal } from "#src/ports/runtime.ts";

/** Bytes of a key. */
export const keyLength = 32;
const cipher = "aes-256-gcm";
const [ivLength, tagLength] = [12, 16];

/** A seal with `keys`, each of `keyLength` bytes: the first one seals, and each of them opens. Throws without any. */
export function createSeal(keys: readonly Uint8Array[]): Seal {
  const [newest] = keys;
  if (!newest) throw new Error("Make a seal: there must be at least one key");
  const byName = new Map(keys.map((key) => [nameOf(key), key]));
  return {
    close(secret, about) {
      const iv = randomBytes(ivLength);
      const sealing = createCipheriv(cipher, newest, iv).setAAD(Buffer.from(about));
      const bytes = Buffer.concat([iv, sealing.update(secret, "utf8"), sealing.final(), sealing.getAuthTag()]);
      return `${nameOf(newest)}.${bytes.toString("base64url")}`;
    },
    open(sealed, about) {
      const [name = "", text = ""] = sealed.split(".");
      const key = byName.get(name);
      if (!key) throw new Error(`Open what is sealed: one of the keys must be "${name}", with which it was sealed`);
      const bytes = Buffer.from(text, "base64url");
      const opening = createDecipheriv(cipher, key, bytes.subarray(0, ivLength), { authTagLength: tagLength }).setAAD(Buffer.from(about));
      opening.setAuthTag(bytes.subarray(-tagLength));
      return Buffer.concat([opening.update(bytes.subarray(ivLength, -tagLength)), opening.final()]).toString("utf8");
    },
    isNewest: (sealed) => sealed.startsWith(`${nameOf(newest)}.`),
  };
}

/** By which a key is known again, without telling it. */
function nameOf(key: Uint8Array): string {
  return createHash("sha256").update(key).digest("base64url").slice(0, 8);
}
