/** Where the coach was let in on one platform: kept sealed, and opened when it is to speak there. */

import { type PlatformName, sourceIdOf } from "#core/lib/ids.ts";
import type { Installation } from "#core/model/changes/index.ts";
import type { Installations } from "#src/ports/installations.ts";
import type { Clock, Seal } from "#src/ports/runtime.ts";
import type { Store } from "#src/ports/store.ts";
import { breathe } from "#src/runtime/event-loop.ts";

/** What they are kept with. */
export type InstallationsDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly seal: Seal;
  readonly platform: PlatformName;
};

/** What became of them when keys changed: how many were sealed anew, and how many none of the keys opens. */
export type Renewed = { readonly renewed: number; readonly lost: number };

/** The installations of `platform`. */
export function createInstallations({ store, clock, seal, platform }: InstallationsDeps): Installations {
  return {
    async find(home) {
      const found = await store.findInstallation(platform, home);
      return found && seal.open(found.sealed, about(found));
    },
    async save(home, secret) {
      await store.commit([{ kind: "installation-saved", installation: sealFor({ platform, home }, secret, seal) }]);
    },
    async remove(home) {
      await store.commit([{ kind: "installation-removed", platform, home }]);
    },
    async spend(id) {
      return (await store.commit([{ kind: "inbound-seen", source: sourceIdOf(platform, id), at: clock.now() }])) === "done";
    },
  };
}

/** Seals under the newest key what an older one sealed, so that the older one can be thrown away; what is left at a stop waits for the next start. */
export async function renewInstallations({ store, seal, platform }: InstallationsDeps, stopping?: AbortSignal): Promise<Renewed> {
  let [renewed, lost] = [0, 0];
  for (const found of await store.installations(platform)) {
    if (stopping?.aborted) break;
    const secret = tryOpen(found, seal);
    if (secret === undefined) lost += 1;
    else if (!seal.isNewest(found.sealed)) {
      await store.commit([{ kind: "installation-saved", installation: sealFor(found, secret, seal) }]);
      renewed += 1;
    }
    // SQLite answers at once, so that without a pause no signal would be heard.
    await breathe();
  }
  return { renewed, lost };
}

type Where = Pick<Installation, "platform" | "home">;

function sealFor(where: Where, secret: string, seal: Seal): Installation {
  return { platform: where.platform, home: where.home, sealed: seal.close(secret, about(where)) };
}

/** What is sealed for one place is of no use in another, whoever moves it there. */
function about({ platform, home }: Where): string {
  return `${platform} ${home}`;
}

function tryOpen(found: Installation, seal: Seal): string | undefined {
  try {
    return seal.open(found.sealed, about(found));
  } catch {
    return undefined;
  }
}
