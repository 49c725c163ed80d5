/** A fake Slack server: workspaces with people, a Web API, OAuth, and two transports to the bot. */

import { once } from "node:events";
import { createServer } from "node:http";
import { app } from "./app.ts";
import { createBrowser } from "./browser.ts";
import { createFaults } from "./faults.ts";
import { createDispatch } from "./dispatch.ts";
import { createHttp } from "./http.ts";
import { createOAuth, workspaceStateOf } from "./oauth.ts";
import { sendEnd } from "./payloads.ts";
import { createSocket } from "./socket.ts";
import { createTokens } from "./tokens.ts";
import type { Edge, Slack, SlackOptions } from "./types.ts";
import { createWorkspace } from "./workspace.ts";
import { openWorkspaceState, type Plan } from "./workspace-state.ts";

const botToken = "xoxb-0000000001-fakefake";
const organisation = { id: "E000000001", name: "Org" } as const;

/** Opens a Slack. */
export async function openSlack(options: SlackOptions = {}): Promise<Slack> {
  const now = options.now ?? (() => Temporal.Now.instant());
  const workspaceStates = await Promise.all(plansOf(options).map((plan) => openWorkspaceState({ ...plan, now })));
  const teams = workspaceStates.flatMap((workspaceState) => workspaceState.teams.map((team) => ({ workspaceState, team })));
  const tokens = createTokens(options.rotation, now);
  const faults = createFaults();
  let origin = "";
  const http = createHttp(options.patience ?? 3000, now);
  const oauth = createOAuth({ workspaceStates, tokens, bot: http.bot, now });
  const dispatch = createDispatch({ workspaceStates, tokens, oauth, faults, origin: () => origin });
  const server = createServer(dispatch.listen);
  const socket = createSocket(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  const edge: Edge = { send: async (...what) => await (http.bot() === undefined ? socket : http).send(...what) };
  const workspaces = teams.map(({ workspaceState, team }) =>
    createWorkspace({ workspaceState, team, edge, tokens, origin: () => origin, now, faults, calls: dispatch.calls }),
  );
  const workspace: Slack["workspace"] = (place) => {
    const found = workspaces[place];
    if (found) return found;
    throw new Error(`Find workspace ${place}: there must be one, and there are ${workspaces.length}`);
  };
  const first = workspace(0);
  if (isReady(options)) {
    tokens.add(first.teamId, botToken);
    tokens.install(first.teamId);
  }
  const authorizationUrl = `${origin}/oauth/v2/authorize`;
  const tellRevoked = async (home: string): Promise<void> => {
    const workspaceState = workspaceStateOf(workspaceStates, home);
    await sendEnd({ edge, workspaceState, now }, home, { type: "tokens_revoked", tokens: { oauth: [], bot: [workspaceState.botId] } });
  };
  const tellUninstalled = async (home: string): Promise<void> => {
    await tellRevoked(home);
    await sendEnd({ edge, workspaceState: workspaceStateOf(workspaceStates, home), now }, home, { type: "app_uninstalled" });
  };
  return {
    ...first,
    apiUrl: `${origin}/api/`,
    botToken,
    appToken: app.token,
    problems: dispatch.problems,
    workspace,
    organisation: { enterpriseId: organisation.id, name: organisation.name },
    fail: (method, fault, times = 1) => faults.add(method, fault, times),
    heal() {
      faults.heal();
      socket.heal();
    },
    lend: dispatch.lend,
    calls: (method) => dispatch.calls.filter((call) => call.method === method),
    socket,
    http,
    oauth: {
      clientId: app.clientId,
      clientSecret: app.clientSecret,
      authorizationUrl,
      token: tokens.last,
      expire: tokens.expire,
      async revoke(home) {
        tokens.end(home, "revoked");
        await tellRevoked(home);
      },
    },
    browser: () => createBrowser({ oauth, authorizationUrl, bot: http.bot, resolve: http.resolve }),
    async uninstall(home) {
      tokens.end(home, "inactive");
      await tellUninstalled(home);
    },
    tellUninstalled,
    async close() {
      faults.heal();
      socket.close();
      server.closeAllConnections();
      server.close();
      await Promise.all(workspaceStates.map(({ emulator }) => emulator.close()));
    },
  };
}

function isReady({ workspaces, inOrganisation }: SlackOptions): boolean {
  return workspaces === undefined && inOrganisation === undefined;
}

/** Each standalone workspace has its own state; the workspaces of an organisation share one. */
function plansOf(options: SlackOptions): readonly Omit<Plan, "now">[] {
  const { workspaces = isReady(options) ? 1 : 0, inOrganisation = 0 } = options;
  const names = Array.from({ length: workspaces + inOrganisation }, (_, place) => ({
    id: `T${`${place + 1}`.padStart(9, "0")}`,
    name: `Team-${place + 1}`,
  }));
  const alone = names.slice(0, workspaces).map((name, place) => ({ names: [name], enterprise: undefined, botId: `U00000BOT${place}` }));
  if (inOrganisation === 0) return alone;
  return [...alone, { names: names.slice(workspaces), enterprise: organisation, botId: "U00000BOTE" }];
}
