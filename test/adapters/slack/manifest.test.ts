/** The manifest of Slack's app: held against the code that lives by it. */

import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { createManifest, events, paths, scopes } from "../../../adapters/slack/manifest/index.ts";
import { wordsOf } from "../../../adapters/slack/command-names.ts";
import { filesIn, root } from "../../support/project.ts";

const sources = filesIn("adapters/slack", ".ts")
  .filter(({ path }) => !path.endsWith("/manifest/index.ts"))
  .map(({ source }) => source)
  .join("\n");

/** Which calls want which scope, by Slack's reference of methods. */
const scopeOf: Readonly<Record<string, string>> = {
  "chat.postMessage": "chat:write",
  "chat.postEphemeral": "chat:write",
  "chat.update": "chat:write",
  "chat.delete": "chat:write",
  "conversations.open": "im:write",
  "conversations.info": "channels:read",
  "conversations.history": "im:history",
  "conversations.replies": "im:history",
  "users.info": "users:read",
  "files.getUploadURLExternal": "files:write",
  "files.completeUploadExternal": "files:write",
};
/** These want none. */
const free = ["views.open", "views.publish", "auth.test"];

test("each call that the adapter makes has its scope, and no scope is asked for in vain", () => {
  const calls = new Set(Array.from(sources.matchAll(/client\s*\.(\w+\.\w+)\(/gu), ([, name = ""]) => name));
  expect([...calls].filter((call) => !(call in scopeOf) && !free.includes(call))).toEqual([]);
  const wanted = [...calls].flatMap((call) => scopeOf[call] ?? []);
  // Commands and mentions come by what is registered rather than by a call, and files by their address; messages in conversations want
  // im:history, too; of a private channel the same call as of a public one wants groups:read.
  expect(new Set([...wanted, "commands", "app_mentions:read", "groups:read", "files:read"])).toEqual(new Set(scopes));
});

test("each event that is listened to is subscribed to, and no other", () => {
  const heard = Array.from(sources.matchAll(/app\.event\("(\w+)"/gu), ([, name = ""]) => (name === "message" ? "message.im" : name));
  expect(new Set(heard)).toEqual(new Set(events));
});

test.each(["", "fit-"])('each slash command with the prefix "%s" is short enough and reaches the coach', (prefix) => {
  const { slash_commands: all } = createManifest({ prefix, publicUrl: undefined }).features;
  expect(all.map(({ command }) => command)).toEqual([`/${prefix}log`, `/${prefix}week`, `/${prefix}coach`]);
  expect(all.filter(({ command, description }) => command.length > 32 || description.length > 2000)).toEqual([]);
  expect(all.map(({ command }) => wordsOf(command, " 20 strength ", prefix))).toEqual([
    "/log 20 strength",
    "/week 20 strength",
    "20 strength",
  ]);
  expect(all.map(({ command }) => wordsOf(command, "  ", prefix))).toEqual(["/log", "/week", "/help"]);
});

/** What `npm run manifest -- ...words` prints. */
function print(...words: readonly string[]): ReturnType<typeof createManifest> {
  const stdout = execFileSync(process.execPath, ["adapters/slack/manifest/print.ts", ...words], { cwd: root, encoding: "utf8" });
  return JSON.parse(stdout) as ReturnType<typeof createManifest>;
}

test("it is printed as JSON, to be pasted", () => {
  const printed = print("fit-");
  expect(printed).toEqual(JSON.parse(JSON.stringify(createManifest({ prefix: "fit-", publicUrl: undefined }))));
  expect(printed.settings.socket_mode_enabled).toBe(true);
  expect(JSON.stringify(printed)).not.toContain("http");
});

test.each([
  ["https://bot.example.org", ["https://bot.example.org"]],
  ["https://bot.example.org/", ["https://bot.example.org/", "fit-"]],
  ["https://bot.example.org", ["fit-", "https://bot.example.org"]],
])("with an address it is for many workspaces, all of which are heard there: %s", (_, words) => {
  const { settings, features, oauth_config: oauth } = print(...words);
  expect(settings).toMatchObject({ socket_mode_enabled: false, token_rotation_enabled: true, org_deploy_enabled: true });
  const addresses = [
    settings.interactivity,
    settings.event_subscriptions,
    ...features.slash_commands.map((command) => ({ request_url: "url" in command ? command.url : undefined })),
  ];
  const heardAt = `https://bot.example.org${paths.events}`;
  expect(addresses.map((one) => ("request_url" in one ? one.request_url : undefined))).toEqual(addresses.map(() => heardAt));
  expect("redirect_urls" in oauth && oauth.redirect_urls).toEqual([`https://bot.example.org${paths.redirect}`]);
  expect(features.slash_commands[0]?.command).toBe(words.includes("fit-") ? "/fit-log" : "/log");
});
