/** What Discord says of whether the bot may post, and what is done where it says nothing. */

import { REST } from "discord.js";
import { expect, onTestFinished, test } from "vitest";
import type { Address } from "#core/lib/ids.ts";
import { platform } from "../../../adapters/discord/inbound.ts";
import { checkMayPost, readMayPost } from "../../../adapters/discord/may-post.ts";
import { openDiscord } from "../../support/fake-discord/server.ts";

const [see, send, inThreads, admin] = [1n << 10n, 1n << 11n, 1n << 38n, 1n << 3n];
const [text, thread] = [0, 11];
type Told = Parameters<typeof readMayPost>[0];

function told(permissions: unknown, type: number, owners: unknown = { "0": "server" }): Told {
  const said = typeof permissions === "bigint" ? String(permissions) : permissions;
  return { app_permissions: said, authorizing_integration_owners: owners, channel: { id: "1", type } } as unknown as Told;
}

test.each<readonly [string, Told, string]>([
  ["it may see and send", told(see | send, text), "allowed"],
  ["it may only see", told(see, text), "no-rights"],
  ["it may only send", told(send, text), "no-rights"],
  ["it may do all", told(admin, text), "allowed"],
  ["it may do nothing", told(0n, text), "no-rights"],
  ["it may send, and not in this thread", told(see | send, thread), "no-rights"],
  ["it may send in threads alone", told(see | inThreads, thread), "allowed"],
  ["it may send in threads, and this is none", told(see | inThreads, text), "no-rights"],
  ["it is somebody's own app, and not of the server", told(see | send, text, { "1": "person" }), "not-invited"],
  ["nothing is said of whose app it is", told(see | send, text, null), "allowed"],
  ["no rights are said", told(undefined, text), "unknown"],
  ["rights are said that are none", told("many", text), "unknown"],
])("where %s, that is what is read", (_, payload, posting) => {
  expect(readMayPost(payload)).toBe(posting);
});

test("where Discord says nothing of it, a try that nobody sees tells", async () => {
  const discord = await openDiscord();
  onTestFinished(discord.close);
  const rest = new REST({ api: discord.apiUrl, retries: 0 }).setToken(discord.token);
  const lines: string[] = [];
  const note = (event: string): void => void lines.push(event);
  const deps = { rest, log: { info: note, warn: note, error: note } };
  const ask = async (channel: string): Promise<string> =>
    await checkMayPost(
      told(undefined, text) as never,
      { surface: { platform, address: `channel ${channel}` as Address, reach: "shared" } },
      deps,
    );
  const quiet = discord.openServer("quiet", { isReadOnly: true });
  expect(await ask(discord.server.channel.channelId)).toBe("allowed");
  expect(await ask(quiet.channel.channelId)).toBe("no-rights");
  discord.fail({ path: /typing$/u }, { kind: "error", status: 503 });
  expect(await ask(discord.server.channel.channelId)).toBe("unknown");
  expect(lines).toEqual(["discord-may-post-unknown", "discord-may-post-unknown"]);
  expect(discord.requests.filter(({ path }) => path.endsWith("/messages"))).toEqual([]);
});
