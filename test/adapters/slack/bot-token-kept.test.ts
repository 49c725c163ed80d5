/** A workspace's token is deleted where Slack refuses that token, asked once more, and for no other failure. */

import { expect, test } from "vitest";
import { openHostedCoachOnSlack, kept } from "../../support/fake-slack/coach-on-slack.ts";
import type { Fault } from "../../support/fake-slack/types.ts";

const words =
  "ratelimited internal_error fatal_error service_unavailable request_timeout missing_scope user_not_found user_disabled access_denied " +
  "org_login_required team_added_to_org team_access_not_granted ekm_access_denied no_permission restricted_action accesslimited token_expired " +
  "invalid_arguments method_deprecated unknown_method never_heard_of";
const faults: readonly Fault[] = [
  ...words.split(" ").map((error) => ({ kind: "error", error }) as const),
  ...[400, 401, 403, 404, 408, 429, 500, 502, 503].map((status) => ({ kind: "status", status }) as const),
  { kind: "drop" },
  { kind: "done-then-drop" },
];

test("a workspace reported as gone keeps its token if the check fails for another reason", { timeout: 60_000 }, async () => {
  const hosted = await openHostedCoachOnSlack();
  const { ann, workspace, answerTo } = hosted.at(0);
  await hosted.slack.browser().install(workspace.teamId);
  const before = await kept(hosted, workspace.teamId);
  const outcomes = (): number => hosted.logged.filter((event) => event === "slack-check-failed" || event === "slack-token-expired").length;
  for (const fault of faults) {
    const count = outcomes();
    workspace.fail("auth.test", fault);
    await hosted.slack.tellUninstalled(workspace.teamId);
    await expect.poll(outcomes, { timeout: 8000, interval: 5 }).toBeGreaterThan(count);
    expect([fault, await kept(hosted, workspace.teamId)]).toEqual([fault, before]);
    hosted.slack.heal();
  }
  expect((await answerTo(() => ann.slash("/log", "20 strength"))).text).toContain("20 min strength logged");
  expect(hosted.logged).not.toContain("slack-uninstalled");
});

test.each(["account_inactive", "token_revoked", "invalid_auth"])("it is deleted where Slack says %s of it when asked", async (error) => {
  const hosted = await openHostedCoachOnSlack();
  const { workspace } = hosted.at(0);
  await hosted.slack.browser().install(workspace.teamId);
  workspace.fail("auth.test", { kind: "error", error }, 9);
  await hosted.slack.tellUninstalled(workspace.teamId);
  await hosted.logs("slack-uninstalled");
  expect(await kept(hosted, workspace.teamId)).toBeUndefined();
});
