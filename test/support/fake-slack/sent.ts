/** One payload of each kind that Slack sends a bot. */

import type { Json } from "../malformed.ts";
import type { Person, Slack } from "./types.ts";

/** A payload with its envelope type. */
export type Sent = { readonly type: "events_api" | "slash_commands" | "interactive"; readonly payload: { readonly [name: string]: Json } };
/** The Slack, and the person who acts. */
export type Where = { readonly slack: Slack; readonly ann: Person };

let count = 0;
/** A unique id. */
export const fresh = (): string => `n${(count += 1)}`;

/** One payload of each kind, in Slack's form. */
export function sentBy({ slack, ann }: Where): readonly Sent[] {
  const [team, channel] = [slack.teamId, slack.channel];
  const about = { token: "t", api_app_id: "A1", team_id: team };
  const installation = { enterprise_id: null, team_id: team, user_id: slack.botId, is_bot: true, is_enterprise_install: false };
  const event = (one: { readonly [name: string]: Json }): Sent => ({
    type: "events_api",
    payload: { ...about, type: "event_callback", event_id: fresh(), event_time: 1, authorizations: [installation], event: one },
  });
  const said = { user: ann.id, text: "5 strength", ts: "7.1", team, blocks: [], event_ts: "7.1" };
  const file = { id: "F1", name: "runs.csv", size: 20, url_private: "http://127.0.0.1:1/files/F1", mimetype: "text/csv", filetype: "csv" };
  const user = { id: ann.id, name: "ann", username: "ann", team_id: team };
  const interactive = {
    ...about,
    team: { id: team, domain: "one" },
    enterprise: null,
    is_enterprise_install: false,
    user,
    trigger_id: "t1",
  };
  const url = new URL("/respond/none", slack.apiUrl).href;
  const action = {
    type: "button",
    action_id: "a",
    block_id: "b",
    value: "/week",
    text: { type: "plain_text", text: "This week" },
    action_ts: "7.2",
  };
  const option = { value: "/week", text: { type: "plain_text", text: "This week" } };
  const pressed = {
    ...interactive,
    type: "block_actions",
    channel: { id: channel, name: "general" },
    container: { type: "message", message_ts: "7.3", channel_id: channel, is_ephemeral: true },
    response_url: url,
  };
  const state = { values: { b: { a: { type: "plain_text_input", value: "5 strength" } } } };
  const view = {
    id: "V1",
    type: "modal",
    callback_id: "/log",
    private_metadata: JSON.stringify({ kind: "mail" }),
    state,
    blocks: [],
    hash: "h",
  };
  return [
    {
      type: "slash_commands",
      payload: {
        ...about,
        command: "/log",
        text: "5 strength",
        user_id: ann.id,
        user_name: "ann",
        channel_id: channel,
        trigger_id: "t2",
        response_url: url,
        is_enterprise_install: "false",
      },
    },
    { type: "interactive", payload: { ...pressed, actions: [action] } },
    { type: "interactive", payload: { ...pressed, actions: [{ ...action, type: "static_select", selected_option: option }] } },
    { type: "interactive", payload: { ...interactive, type: "view_submission", view } },
    { type: "interactive", payload: { ...interactive, type: "shortcut", callback_id: "log-a-session", action_ts: "7.4" } },
    event({ ...said, type: "message", channel_type: "im", channel: ann.dm }),
    event({ ...said, type: "message", channel_type: "im", channel: ann.dm, subtype: "file_share", files: [file], client_msg_id: "m1" }),
    event({ ...said, type: "app_mention", channel, text: `<@${slack.botId}> 5 strength` }),
    event({ type: "app_home_opened", user: ann.id, channel: ann.dm, tab: "home", event_ts: "7.5" }),
    event({ type: "user_change", user: { ...user, tz: "Europe/Berlin", profile: { display_name: "Ann" } }, event_ts: "7.6" }),
    event({ type: "never_heard_of", event_ts: "7.7" }),
  ];
}

/** The payload with new ids, so that it does not count as a duplicate. */
export function renewed(payload: Json | undefined): Json | undefined {
  if (typeof payload !== "object" || payload === null || Array.isArray(payload)) return payload;
  const fields = payload as { readonly [name: string]: Json };
  const trigger = typeof fields["trigger_id"] === "string" && fields["trigger_id"] !== "" ? { trigger_id: fresh() } : {};
  return { ...fields, ...trigger };
}
