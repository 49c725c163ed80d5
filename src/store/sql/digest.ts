/** The digest of an account, for rows that may outlive its user. */

import { createHash } from "node:crypto";
import type { AccountKey } from "#core/model/user.ts";

/** SHA-256 of the account. The platform and id cannot be read from it. */
export function digestOf({ platform, id }: AccountKey): string {
  return createHash("sha256")
    .update(JSON.stringify([platform, id]))
    .digest("base64url");
}
