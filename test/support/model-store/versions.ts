/** Versions of settings in the in-memory store. */

import type { GroupId, UserId } from "#core/lib/ids.ts";
import type { StoreState } from "./state.ts";

/** The version of the settings of a user or group. */
export function versionOf({ versions }: Pick<StoreState, "versions">, id: UserId | GroupId): number {
  return versions.get(id) ?? 0;
}

/** Raises the version of a known user or group. A new one starts at 0. */
export function raise({ versions }: Pick<StoreState, "versions">, id: UserId | GroupId): void {
  const before = versions.get(id);
  versions.set(id, before === undefined ? 0 : before + 1);
}
