/** A workspace as tests see it: its people, faults and calls. */

import type { createFaults } from "./faults.ts";
import { type Scene, sendLimit } from "./payloads.ts";
import { createPerson } from "./person.ts";
import type { Tokens } from "./tokens.ts";
import type { Call, Person, Workspace } from "./types.ts";

/** What a workspace needs. */
export type WorkspaceOptions = Omit<Scene, "home"> & {
  readonly tokens: Tokens;
  readonly faults: ReturnType<typeof createFaults>;
  /** All calls to this Slack. */
  readonly calls: readonly Call[];
};

/** Creates a workspace. */
export function createWorkspace({ tokens, faults, calls, ...place }: WorkspaceOptions): Workspace {
  const { workspaceState, team } = place;
  const home = (): string => {
    const found = tokens.homeOf(team.id, workspaceState.enterprise?.id);
    if (found) return found;
    throw new Error(`Reach the bot in ${team.id}: the app must be installed there`);
  };
  const scene: Scene = { ...place, home };
  const people = new Map<string, Person>();
  const homes = [team.id, ...(workspaceState.enterprise ? [workspaceState.enterprise.id] : [])];
  return {
    teamId: team.id,
    enterpriseId: workspaceState.enterprise?.id,
    channel: team.channel,
    botId: workspaceState.botId,
    person(name) {
      const found = people.get(name) ?? createPerson(workspaceState.founders.get(name) ?? workspaceState.newcomers.join(name), scene);
      people.set(name, found);
      return found;
    },
    fail: (method, fault, times = 1) => faults.add(method, fault, times, homes),
    calls: (method) => calls.filter((call) => call.method === method && call.home !== undefined && homes.includes(call.home)),
    promote: ({ id }) => void workspaceState.admins.add(id),
    demote: ({ id }) => void workspaceState.admins.delete(id),
    setCreator: ({ id }) => void workspaceState.creators.set(team.channel, id),
    uninvite: () => void workspaceState.uninvited.add(team.channel),
    invite: () => void workspaceState.uninvited.delete(team.channel),
    limitRate: () => sendLimit(scene),
  };
}
