/** By which an account is known where it may outlive its person. */

import { createHash } from "node:crypto";
import type { AccountKey } from "#core/model/user.ts";

/** A SHA-256 of the account. Its name and its number cannot be read from it. */
export function digestOf({ platform, id }: AccountKey): string {
  return createHash("sha256")
    .update(JSON.stringify([platform, id]))
    .digest("base64url");
}
