/** Builds the payloads that Slack sends for people's actions. */

import { randomUUID } from "node:crypto";
import { app } from "./app.ts";
import type { Edge, Loose } from "./types.ts";
import type { Team, WorkspaceState } from "./workspace-state.ts";

/** Where something happens. */
export type Scene = {
  readonly workspaceState: WorkspaceState;
  readonly team: Team;
  readonly edge: Edge;
  /** The workspace or organisation of the installation. Throws if neither has the app. */
  readonly home: () => string;
  /** The origin of Slack. */
  readonly origin: () => string;
  readonly now: () => Temporal.Instant;
};

/** The person who acts. */
export type Actor = { readonly id: string; readonly name: string };

const token = app.verification;

/** Sends an event of a workspace to the bot. */
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

/** Sends the end of an installation. Such an event names nobody who can see it. */
export async function sendEnd(
  { edge, workspaceState, now }: Pick<Scene, "edge" | "workspaceState" | "now">,
  home: string,
  event: Loose,
): Promise<void> {
  const isOrgWide = home === workspaceState.enterprise?.id;
  await edge.send("events_api", { ...envelope(workspaceState, event, now()), ...(isOrgWide ? {} : { team_id: home }) });
}

/** Sends a rate-limit notice, which has its own kind of envelope. */
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

/** The fields of a slash command that name place and person. */
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

/** The fields of a press, form or shortcut that name place and person. In an organisation, they name no workspace outside a channel. */
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
