/** The Web API behind the fake: `emulate`, which keeps channels, conversations, messages, views and files. */

import { createEmulator } from "emulate";
import type { Loose } from "./types.ts";

/** An emulator for one set of people. */
export type Emulator = {
  ask(method: string, body?: object): Promise<Loose>;
  upload(file: string, bytes: Buffer): Promise<void>;
  close(): Promise<void>;
};

/** A person who exists from the start. */
export type Seat = { readonly name: string; readonly realName: string; readonly id: string };

const botScopes = "chat:write im:write im:history users:read files:write commands app_mentions:read channels:read groups:read".split(" ");
/** The emulator answers 403 after 4,999 calls with one token, so calls rotate through these. */
const tokens = Array.from({ length: 64 }, (_, place) => `xoxb-emulator-${place}`);

/** Opens an emulator with `bot`, `people` and at least `channels` channels. */
export async function openEmulator(bot: Seat, people: readonly Seat[], channels: number): Promise<Emulator> {
  const seed = {
    channels: Array.from({ length: channels }, (_, place) => ({ name: `channel-${place}` })),
    bots: [{ name: bot.name }],
    oauth_apps: [bot, ...people].map(appOf),
    tokens: tokens.map((token) => ({ token, user: bot.name, scopes: botScopes })),
  };
  const emulator = await createEmulator({ service: "slack", port: 0, hostname: "127.0.0.1", seed: { slack: seed } });
  const url = emulator.url.replace("localhost", "127.0.0.1");
  let asked = 0;
  const authorization = (): string => `Bearer ${tokens[(asked += 1) % tokens.length] ?? ""}`;
  return {
    async ask(method, body = {}) {
      const headers = { authorization: authorization(), "content-type": "application/json" };
      const response = await fetch(`${url}/api/${method}`, { method: "POST", headers, body: JSON.stringify(body) });
      return (await response.json()) as Loose;
    },
    async upload(file, bytes) {
      await fetch(`${url}/upload/v1/${file}`, { method: "POST", body: bytes, headers: { authorization: authorization() } });
    },
    close: async () => await emulator.close(),
  };
}

/** The emulator's seed sets ids of app bots only, so everybody is seeded as one. */
function appOf({ name, realName, id }: Seat, place: number) {
  return {
    client_id: `${place}`,
    client_secret: "",
    app_id: `A${place + 1}`,
    name: realName,
    redirect_uris: [],
    scopes: botScopes,
    bot_id: `B${id.slice(1)}`,
    bot_name: name,
    bot_user_id: id,
  };
}
