/** The fake Discord server: REST API, gateway, and people. */

import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { GatewayIntentBits } from "discord.js";
import { createLatch, createTimers } from "./latch.ts";
import type { Route } from "./call.ts";
import { callbackRoutes } from "./callbacks.ts";
import { channelRoutes } from "./channels.ts";
import { createCommands } from "./commands.ts";
import { createResponses } from "./responses.ts";
import { createFaults } from "./faults.ts";
import { openGateway } from "./gateway.ts";
import { createApi } from "./http.ts";
import { createInteractions } from "./interactions.ts";
import { createMessages } from "./messages.ts";
import { guildPayload } from "./payloads.ts";
import { createPerson } from "./person.ts";
import { createReaders } from "./readers.ts";
import { selfRoutes } from "./self.ts";
import type { Discord, DiscordOptions, Person } from "./types.ts";
import { webhookRoutes } from "./webhooks.ts";
import { createWorkspaceState } from "./workspace-state.ts";

export type * from "./types.ts";

/** Opens a Discord on a free local port. */
export async function openDiscord(options: DiscordOptions = {}): Promise<Discord> {
  const { heartbeat = 41_250, now = () => Temporal.Now.instant(), patience = 3000 } = options;
  const workspace = createWorkspaceState(now, () => originOf(api.http));
  const server = workspace.openGuild("Gym");
  const faults = createFaults();
  const limits: { perSecond?: number | undefined } = {};
  const routes: Route[] = [];
  const api = createApi({ workspace, faults, limits, routes: () => routes });
  api.http.listen(0, "127.0.0.1");
  await once(api.http, "listening");
  const closed = once(api.http, "close");
  const url = (): string => originOf(api.http).replace("http", "ws");
  const [changed, timers] = [createLatch(), createTimers()];
  const door = openGateway({ workspace, http: api.http, heartbeat, url, changed });
  const interactions = createInteractions({ workspace, door, timers, patience });
  const parts = { workspace, interactions, timers, door, patience, readers: createReaders() };
  const responses = createResponses({ ...parts, messages: createMessages(workspace, changed) });
  const commands = createCommands(workspace);
  const nonceWindow = options.nonceWindow ?? Temporal.Duration.from({ minutes: 3 });
  routes.push(...selfRoutes({ workspace, gateway: door.gateway, url }), ...commands.routes);
  routes.push(...callbackRoutes(responses), ...webhookRoutes(responses), ...channelRoutes(responses, nonceWindow));
  const people = new Map<string, Person>();
  return {
    apiUrl: `${originOf(api.http)}/api`,
    token: workspace.bot.token,
    applicationId: workspace.bot.id,
    server,
    limits,
    person(name, about) {
      const member = workspace.member(name, about);
      const person = people.get(name) ?? createPerson({ responses, commands, member, home: server.channel });
      people.set(name, person);
      return person;
    },
    openServer(name, { isReadOnly = false } = {}) {
      const guild = workspace.openGuild(name, isReadOnly);
      door.dispatch({ name: "GUILD_CREATE", data: guildPayload(guild, workspace), intents: GatewayIntentBits.Guilds, isRepeatable: false });
      return guild;
    },
    problems: workspace.problems,
    requests: api.requests,
    commands: commands.all,
    fail: faults.fail,
    heal: faults.heal,
    deliverTwice: (times = 1) => door.deliverTwice(times),
    gateway: door.gateway,
    get invalidRequests() {
      return api.invalidRequests();
    },
    async close() {
      timers.clear();
      door.close();
      api.http.close();
      api.http.closeAllConnections();
      await closed;
    },
  };
}

function originOf(http: Server): string {
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
}
