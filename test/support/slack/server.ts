/** A Slack on this machine: `emulate` as its Web API, and before it our own side of what that lacks. */

import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createEmulator } from "emulate";
import { createFaults } from "./faults.ts";
import { createPerson } from "./person.ts";
import { messageProblems, viewProblems } from "./rules.ts";
import type { Shown } from "./sight.ts";
import { createSocket } from "./socket.ts";
import type { Call, Loose, Slack } from "./types.ts";

const botToken = "xoxb-0000000001-standin";
const appToken = "xapp-1-A1-0000000001-standin";

/** What happens on that Slack, for those who look on. */
export type World = {
  readonly teamId: string;
  readonly botId: string;
  readonly channel: string;
  readonly shown: Shown[];
  readonly files: Map<string, Uint8Array>;
  readonly homes: Map<string, Loose>;
  readonly modals: Map<string, Loose>;
  /** For whom a form may open. */
  readonly triggers: Map<string, string>;
  /** Where and to whom an address answers. */
  readonly addresses: Map<string, { readonly place: string; readonly to: string; left: number }>;
  readonly profiles: Map<string, { tz: string; deleted: boolean }>;
  readonly admins: Set<string>;
  creator: string | undefined;
  readonly origin: () => string;
};

/** Opens a Slack with one workspace and Ann and Bo in it. */
export async function openSlack(): Promise<Slack> {
  const emulator = await createEmulator({ service: "slack", port: await freePort(), seed: { slack: seed } });
  const ask = async (method: string, body: object = {}): Promise<Loose> =>
    await forward(emulator.url, `/api/${method}`, JSON.stringify(body));
  const { team_id: teamId, user_id: botId } = await ask("auth.test");
  const { channels } = (await ask("conversations.list")) as { readonly channels: readonly { readonly id: string }[] };
  const { members } = (await ask("users.list")) as { readonly members: readonly { readonly id: string; readonly name: string }[] };
  const faults = createFaults();
  const problems: string[] = [];
  const calls: Call[] = [];
  let origin = "";
  const world: World = {
    teamId: String(teamId),
    botId: String(botId),
    channel: channels[0]?.id ?? "",
    shown: [],
    files: new Map(),
    homes: new Map(),
    modals: new Map(),
    triggers: new Map(),
    addresses: new Map(),
    profiles: new Map(),
    admins: new Set(),
    creator: undefined,
    origin: () => origin,
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const bytes = await bodyOf(request);
    const path = new URL(request.url ?? "/", "http://slack").pathname;
    const [, kind = "", name = ""] = /^\/(api|respond|upload\/v1)\/(.+)$/.exec(path) ?? [];
    const method = kind === "api" ? name : kind === "respond" ? "response_url" : "upload";
    const body = kind === "upload/v1" ? {} : parse(bytes.toString(), request.headers["content-type"] ?? "");
    calls.push({ method, body });
    const fault = faults.take(method);
    response.setHeader("content-type", "application/json");
    if (fault && faults.commit(fault, response)) return;
    const wrong = problemsOf(method, body);
    problems.push(...wrong.map((problem) => `${method}: ${problem}`));
    if (kind === "upload/v1") {
      world.files.set(name, bytes);
      await fetch(emulator.url + path, { method: "POST", body: bytes });
    }
    const token = request.headers.authorization?.replace("Bearer ", "") ?? "";
    const result = wrong.length > 0 ? { ok: false, error: "invalid_blocks" } : await act({ world, ask, method, name, body, token });
    if (kind === "respond" && result["ok"] !== true) response.writeHead(404);
    if (fault) response.destroy();
    else response.end(JSON.stringify(result));
  };
  const server = createServer(
    (request, response) => void answer(request, response).catch((error: unknown) => problems.push(String(error))),
  );
  const socket = createSocket(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  origin = `127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  const people = new Map<string, ReturnType<typeof createPerson>>();
  for (const { id, name } of members.filter((member) => ["ann", "bo"].includes(member.name))) {
    const opened = (await ask("conversations.open", { users: id })) as { readonly channel: { readonly id: string } };
    people.set(name, createPerson({ id, name, dm: opened.channel.id, world, socket }));
  }
  return {
    apiUrl: `http://${origin}/api/`,
    botToken,
    appToken,
    channel: world.channel,
    botId: world.botId,
    teamId: world.teamId,
    problems,
    person(name) {
      const found = people.get(name);
      if (!found) throw new Error(`Find somebody: "${name}" must be in the workspace`);
      return found;
    },
    fail: (method, fault, times = 1) => faults.add(method, fault, times),
    heal() {
      faults.heal();
      socket.heal();
    },
    promote: ({ id }) => void world.admins.add(id),
    demote: ({ id }) => void world.admins.delete(id),
    setCreator: ({ id }) => void (world.creator = id),
    calls: (method) => calls.filter((call) => call.method === method),
    socket,
    async close() {
      faults.heal();
      socket.close();
      server.closeAllConnections();
      server.close();
      await emulator.close();
    },
  };
}

const botScopes = [
  "chat:write",
  "im:write",
  "im:history",
  "users:read",
  "files:write",
  "commands",
  "app_mentions:read",
  "channels:read",
  "groups:read",
];
const seed = {
  team: { name: "One", domain: "one" },
  users: [
    { name: "ann", real_name: "Ann", email: "ann@one.example" },
    { name: "bo", real_name: "Bo", email: "bo@one.example" },
  ],
  channels: [{ name: "general" }],
  bots: [{ name: "sweetspot" }],
  oauth_apps: [
    {
      client_id: "1.2",
      client_secret: "secret",
      app_id: "A1",
      name: "Sweetspot",
      redirect_uris: ["http://127.0.0.1/"],
      scopes: botScopes,
      bot_name: "sweetspot",
    },
  ],
  tokens: [{ token: botToken, user: "sweetspot", scopes: botScopes }],
};

type Act = {
  readonly world: World;
  readonly ask: (method: string, body?: object) => Promise<Loose>;
  readonly method: string;
  readonly name: string;
  readonly body: Loose;
  readonly token: string;
};

/** What `emulate` lacks is done here, and noted for those who look on. */
async function act({ world, ask, method, name, body, token }: Act): Promise<Loose> {
  const id = randomUUID();
  switch (method) {
    case "apps.connections.open":
      return token === appToken ? { ok: true, url: `ws://${world.origin()}/link?ticket=${id}` } : { ok: false, error: "invalid_auth" };
    case "upload":
      return { ok: true };
    case "response_url":
      return respond(world, name, body, id);
  }
  if (token !== botToken) return { ok: false, error: "invalid_auth" };
  switch (method) {
    case "chat.postEphemeral":
      world.shown.push({ id, body, place: String(body["channel"]), to: String(body["user"]), isFromBot: true });
      return { ok: true, message_ts: id };
    case "views.open": {
      const trigger = String(body["trigger_id"]);
      const user = world.triggers.get(trigger);
      if (!user || !world.triggers.delete(trigger)) return { ok: false, error: "expired_trigger_id" };
      world.modals.set(user, { ...(body["view"] as Loose), id });
      return { ok: true, view: { id } };
    }
    case "users.info":
      return withProfile(await ask(method, body), world);
    case "conversations.info": {
      const found = await ask(method, body);
      const channel = found["channel"] as Loose | undefined;
      return channel ? { ...found, channel: { ...channel, creator: world.creator ?? channel["creator"] } } : found;
    }
    case "files.getUploadURLExternal": {
      const place = await ask(method, body);
      return { ...place, upload_url: String(place["upload_url"]).replace(/^https?:\/\/[^/]+/u, `http://${world.origin()}`) };
    }
  }
  const result = await ask(method, body);
  if (method === "chat.postMessage" && result["ok"] === true)
    world.shown.push({ id: String(result["ts"]), body, place: String(body["channel"]), to: undefined, isFromBot: true });
  if (method === "chat.update" && result["ok"] === true) {
    const at = world.shown.findIndex((one) => one.id === body["ts"] && one.place === body["channel"]);
    const before = world.shown[at];
    if (before) world.shown.splice(at, 1, { ...before, body });
  }
  if (method === "views.publish" && result["ok"] === true) world.homes.set(String(body["user_id"]), body["view"] as Loose);
  return result;
}

/** An address is good for five answers. */
function respond(world: World, name: string, body: Loose, id: string): Loose {
  const address = world.addresses.get(name);
  if (!address || address.left === 0) return { ok: false, error: "used_url" };
  address.left -= 1;
  const to = body["response_type"] === "in_channel" ? undefined : address.to;
  world.shown.push({ id, body, place: address.place, to, isFromBot: true });
  return { ok: true };
}

function withProfile(result: Loose, { profiles, admins }: World): Loose {
  const user = result["user"] as Loose | undefined;
  if (!user) return result;
  const { tz, deleted } = profiles.get(String(user["id"])) ?? { tz: "Europe/Berlin", deleted: false };
  return { ...result, user: { ...user, tz, deleted, is_admin: admins.has(String(user["id"])), is_owner: false, is_primary_owner: false } };
}

function problemsOf(method: string, body: Loose): readonly string[] {
  if (["chat.postMessage", "chat.postEphemeral", "chat.update", "response_url"].includes(method)) return messageProblems(body);
  return method.startsWith("views.") ? viewProblems(body["view"] as Loose) : [];
}

function parse(text: string, type: string): Loose {
  if (type.includes("json")) return JSON.parse(text) as Loose;
  const fields = [...new URLSearchParams(text)].map(
    ([key, value]) => [key, /^[[{]/u.test(value) ? (JSON.parse(value) as unknown) : value] as const,
  );
  return Object.fromEntries(fields);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

async function forward(base: string, path: string, body: string): Promise<Loose> {
  const headers = { authorization: `Bearer ${botToken}`, "content-type": "application/json" };
  const response = await fetch(base + path, { method: "POST", headers, body });
  return (await response.json()) as Loose;
}

/** A port of this machine that is free now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}
