/** The door to the stand-in for Discord: its REST API, its gateway, and people on the other side. */

import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { GatewayIntentBits } from "discord.js";
import { createBell, createTimers } from "./latch.ts";
import type { Route } from "./call.ts";
import { callbackRoutes } from "./callbacks.ts";
import { channelRoutes } from "./channels.ts";
import { createCommands } from "./commands.ts";
import { createDesk } from "./responses.ts";
import { createFaults } from "./faults.ts";
import { openGateway } from "./gateway.ts";
import { createApi } from "./http.ts";
import { createInteractions } from "./interactions.ts";
import { createMessages } from "./messages.ts";
import { guildPayload } from "./payloads.ts";
import { seat } from "./person.ts";
import { createReaders } from "./readers.ts";
import { selfRoutes } from "./self.ts";
import type { Discord, DiscordOptions, Person } from "./types.ts";
import { webhookRoutes } from "./webhooks.ts";
import { createWorld } from "./workspace-state.ts";

export type * from "./types.ts";

/** Opens a Discord on a free port of this machine. */
export async function openDiscord(options: DiscordOptions = {}): Promise<Discord> {
  const { heartbeat = 41_250, now = () => Temporal.Now.instant(), patience = 3000 } = options;
  const world = createWorld(now, () => originOf(api.http));
  const server = world.openGuild("Gym");
  const faults = createFaults();
  const limits: { perSecond?: number | undefined } = {};
  const routes: Route[] = [];
  const api = createApi({ world, faults, limits, routes: () => routes });
  api.http.listen(0, "127.0.0.1");
  await once(api.http, "listening");
  const closed = once(api.http, "close");
  const url = (): string => originOf(api.http).replace("http", "ws");
  const [changed, timers] = [createBell(), createTimers()];
  const door = openGateway({ world, http: api.http, heartbeat, url, changed });
  const interactions = createInteractions({ world, door, timers, patience });
  const parts = { world, interactions, timers, door, patience, readers: createReaders() };
  const desk = createDesk({ ...parts, messages: createMessages(world, changed) });
  const commands = createCommands(world);
  const nonceWindow = options.nonceWindow ?? Temporal.Duration.from({ minutes: 3 });
  routes.push(...selfRoutes({ world, gateway: door.gateway, url }), ...commands.routes);
  routes.push(...callbackRoutes(desk), ...webhookRoutes(desk), ...channelRoutes(desk, nonceWindow));
  const people = new Map<string, Person>();
  return {
    apiUrl: `${originOf(api.http)}/api`,
    token: world.bot.token,
    applicationId: world.bot.id,
    server,
    limits,
    person(name, about) {
      const member = world.member(name, about);
      const person = people.get(name) ?? seat({ desk, commands, member, home: server.channel });
      people.set(name, person);
      return person;
    },
    openServer(name, { isReadOnly = false } = {}) {
      const guild = world.openGuild(name, isReadOnly);
      door.dispatch({ name: "GUILD_CREATE", data: guildPayload(guild, world), intents: GatewayIntentBits.Guilds, isRepeatable: false });
      return guild;
    },
    problems: world.problems,
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
