/** Encrypted bot tokens per workspace. */

import { type PlatformName, messageIdOf } from "#core/lib/ids.ts";
import type { Installation } from "#core/model/changes/index.ts";
import type { Installations } from "#src/ports/installations.ts";
import type { Clock, TokenCipher } from "#src/ports/runtime.ts";
import type { Store } from "#src/ports/store.ts";
import { yieldToEventLoop } from "#src/runtime/event-loop.ts";

/** Dependencies of the installations. */
export type InstallationsDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly cipher: TokenCipher;
  readonly platform: PlatformName;
};

/** The result of a key change: how many tokens were encrypted again, and how many no key decrypts. */
export type Renewed = { readonly renewed: number; readonly lost: number };

/** The installations of `platform`. */
export function createInstallations({ store, clock, cipher, platform }: InstallationsDeps): Installations {
  return {
    async find(workspace) {
      const found = await store.findInstallation(platform, workspace);
      return found && cipher.decrypt(found.encryptedToken, aadOf(found));
    },
    async save(workspace, secret) {
      await store.commit([{ kind: "installation-saved", installation: encryptFor({ platform, workspace }, secret, cipher) }]);
    },
    async remove(workspace) {
      await store.commit([{ kind: "installation-removed", platform, workspace }]);
    },
    async consumeOnce(id) {
      return (await store.commit([{ kind: "inbound-seen", source: messageIdOf(platform, id), at: clock.now() }])) === "done";
    },
  };
}

/** Encrypts tokens again with the newest key, so that older keys can be removed. Tokens left at a stop wait for the next start. */
export async function renewInstallations({ store, cipher, platform }: InstallationsDeps, stopping?: AbortSignal): Promise<Renewed> {
  let [renewed, lost] = [0, 0];
  for (const found of await store.installations(platform)) {
    if (stopping?.aborted) break;
    const secret = tryDecrypt(found, cipher);
    if (secret === undefined) lost += 1;
    else if (!cipher.usesNewestKey(found.encryptedToken)) {
      await store.commit([{ kind: "installation-saved", installation: encryptFor(found, secret, cipher) }]);
      renewed += 1;
    }
    // SQLite answers synchronously: without a pause no signal would be handled.
    await yieldToEventLoop();
  }
  return { renewed, lost };
}

type Where = Pick<Installation, "platform" | "workspace">;

function encryptFor(where: Where, secret: string, cipher: TokenCipher): Installation {
  return { platform: where.platform, workspace: where.workspace, encryptedToken: cipher.encrypt(secret, aadOf(where)) };
}

/** Additional authenticated data: a token that is moved to another workspace does not decrypt. */
function aadOf({ platform, workspace }: Where): string {
  return `${platform} ${workspace}`;
}

function tryDecrypt(found: Installation, cipher: TokenCipher): string | undefined {
  try {
    return cipher.decrypt(found.encryptedToken, aadOf(found));
  } catch {
    return undefined;
  }
}
