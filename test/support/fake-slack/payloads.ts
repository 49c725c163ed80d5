/** What Slack wraps around what people do. */

import { randomUUID } from "node:crypto";
import { app } from "./app.ts";
import type { Edge, Loose } from "./types.ts";
import type { Team, WorkspaceState } from "./workspace-state.ts";

/** Where something happens. */
export type Scene = {
  readonly workspaceState: WorkspaceState;
  readonly team: Team;
  readonly edge: Edge;
  /** The workspace or the organisation in which the app is installed. Throws where it is in neither. */
  readonly home: () => string;
  /** Where Slack is reached. */
  readonly origin: () => string;
  readonly now: () => Temporal.Instant;
};

/** Who does it. */
export type Actor = { readonly id: string; readonly name: string };

const token = app.verification;

/** Tells the bot of an event that happened in a workspace. */
export async function sendEvent({ workspaceState, team, edge, home, now }: Scene, event: Loose): Promise<void> {
  const isOrgWide = home() === workspaceState.enterprise?.id;
  const installation = {
    enterprise_id: workspaceState.enterprise?.id ?? null,
    team_id: isOrgWide ? null : team.id,
    user_id: workspaceState.botId,
    is_bot: true,
    is_enterprise_install: isOrgWide,
  };
  await edge.send("events_api", { ...envelope(workspaceState, event, now()), team_id: team.id, authorizations: [installation] });
}

/** Tells the bot of what became of an installation: such an event names nobody to whom it would be visible. */
export async function sendEnd(
  { edge, workspaceState, now }: Pick<Scene, "edge" | "workspaceState" | "now">,
  home: string,
  event: Loose,
): Promise<void> {
  const isOrgWide = home === workspaceState.enterprise?.id;
  await edge.send("events_api", { ...envelope(workspaceState, event, now()), ...(isOrgWide ? {} : { team_id: home }) });
}

/** Tells the bot that there were too many events, in an envelope of its own kind. */
export async function sendLimit({ team, edge, now }: Scene): Promise<void> {
  const minute = Math.floor(now().epochMilliseconds / 60_000) * 60;
  await edge.send("events_api", {
    token,
    type: "app_rate_limited",
    team_id: team.id,
    minute_rate_limited: minute,
    api_app_id: app.id,
  });
}

function envelope({ enterprise }: WorkspaceState, event: Loose, at: Temporal.Instant): Loose {
  return {
    token,
    ...(enterprise ? { enterprise_id: enterprise.id } : {}),
    api_app_id: app.id,
    type: "event_callback",
    event_id: `Ev${randomUUID()}`,
    event_time: Math.floor(at.epochMilliseconds / 1000),
    event,
  };
}

/** What a slash command says of where and by whom it was typed. */
export function slashOf({ workspaceState: { enterprise }, team, home }: Scene, { id, name }: Actor): Loose {
  return {
    token,
    team_id: team.id,
    team_domain: team.name.toLowerCase(),
    ...(enterprise ? { enterprise_id: enterprise.id, enterprise_name: enterprise.name } : {}),
    user_id: id,
    user_name: name,
    api_app_id: app.id,
    is_enterprise_install: String(home() === enterprise?.id),
  };
}

/** What a press, a form or a shortcut says of where and by whom it was done. Outside of a channel, an organisation names no workspace. */
export function interactionOf({ workspaceState: { enterprise }, team, home }: Scene, { id, name }: Actor, isInChannel: boolean): Loose {
  const isOrgWide = home() === enterprise?.id;
  const organisation = enterprise ? { enterprise_id: enterprise.id, enterprise_name: enterprise.name } : {};
  return {
    team: isOrgWide && !isInChannel ? null : { id: team.id, domain: team.name.toLowerCase(), ...organisation },
    enterprise: enterprise ?? null,
    is_enterprise_install: isOrgWide,
    user: { id, name, username: name, team_id: team.id },
    api_app_id: app.id,
    token,
  };
}
