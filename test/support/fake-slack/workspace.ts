/** A workspace as tests see it: its people, its faults and the calls in it. */

import type { createFaults } from "./faults.ts";
import { type Scene, sendLimit } from "./payloads.ts";
import { createPerson } from "./person.ts";
import type { Tokens } from "./tokens.ts";
import type { Call, Person, Workspace } from "./types.ts";

/** What it works with. */
export type WorkspaceOptions = Omit<Scene, "home"> & {
  readonly tokens: Tokens;
  readonly faults: ReturnType<typeof createFaults>;
  /** All that arrived at this Slack. */
  readonly calls: readonly Call[];
};

/** A workspace. */
export function createWorkspace({ tokens, faults, calls, ...place }: WorkspaceOptions): Workspace {
  const { world, team } = place;
  const home = (): string => {
    const found = tokens.homeOf(team.id, world.enterprise?.id);
    if (found) return found;
    throw new Error(`Reach the bot in ${team.id}: the app must be installed there`);
  };
  const scene: Scene = { ...place, home };
  const people = new Map<string, Person>();
  const homes = [team.id, ...(world.enterprise ? [world.enterprise.id] : [])];
  return {
    teamId: team.id,
    enterpriseId: world.enterprise?.id,
    channel: team.channel,
    botId: world.botId,
    person(name) {
      const found = people.get(name) ?? createPerson(world.founders.get(name) ?? world.newcomers.join(name), scene);
      people.set(name, found);
      return found;
    },
    fail: (method, fault, times = 1) => faults.add(method, fault, times, homes),
    calls: (method) => calls.filter((call) => call.method === method && call.home !== undefined && homes.includes(call.home)),
    promote: ({ id }) => void world.admins.add(id),
    demote: ({ id }) => void world.admins.delete(id),
    setCreator: ({ id }) => void world.creators.set(team.channel, id),
    uninvite: () => void world.uninvited.add(team.channel),
    invite: () => void world.uninvited.delete(team.channel),
    limitRate: () => sendLimit(scene),
  };
}
