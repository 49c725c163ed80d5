/**
 * A Slack bot as its own process, for `slack.ts`. `coach` is the coach; `row` writes one row for each command; `idle` does nothing. The
 * last two follow Bolt's documentation. With an app-level token it runs in Socket Mode and prints "ready". Without one it listens on HTTP,
 * for any number of workspaces, and prints its address. It ends when its input ends.
 */

import type { AddressInfo } from "node:net";
import { env, stdout } from "node:process";
import { App, HTTPReceiver, LogLevel, MemoryInstallationStore, type Receiver, SocketModeReceiver } from "@slack/bolt";
import type { PlatformName } from "#core/lib/ids.ts";
import type { Installations } from "#src/ports/installations.ts";
import type { Clock } from "#src/ports/runtime.ts";
import type { Store } from "#src/ports/store.ts";
import { logged, openCoach, runBot } from "./bot-parts.ts";

const apiUrl = env["SLACK_API_URL"] ?? "";
const appToken = env["SLACK_APP_TOKEN"];
const botToken = env["SLACK_BOT_TOKEN"] ?? "";
const secrets = {
  signingSecret: env["SLACK_SIGNING_SECRET"] ?? "",
  clientId: env["SLACK_CLIENT_ID"] ?? "",
  clientSecret: env["SLACK_CLIENT_SECRET"] ?? "",
  stateSecret: "any random words",
};
const logLevel = LogLevel.ERROR;
const place = { host: "127.0.0.1", port: 0 } as const;

await runBot({ coach: runCoach, bare: runBare });

async function runCoach(): Promise<() => Promise<void>> {
  const { createSlack } = await import("../../../../adapters/slack/index.ts");
  const { coach, store, shared } = await openCoach((event) => void (event === "slack-connected" && stdout.write("ready\n")));
  const way =
    appToken === undefined
      ? { ...secrets, ...place, installations: await openInstallations({ store, clock: shared.clock }) }
      : { appToken, botToken };
  // Over HTTP, this receives the address.
  const adapter = createSlack({ ...way, apiUrl, prefix: "", ...shared, tell: (line) => void stdout.write(`${line}\n`) });
  await adapter.start(coach);
  return async () => {
    await adapter.stop();
    await store.close();
  };
}

async function openInstallations(kept: { readonly store: Store; readonly clock: Clock }): Promise<Installations> {
  const [{ createInstallations }, { createTokenCipher }] = await Promise.all([
    import("#src/app/installations.ts"),
    import("#src/runtime/token-cipher.ts"),
  ]);
  return createInstallations({ ...kept, cipher: createTokenCipher([new Uint8Array(32).fill(7)]), platform: "slack" as PlatformName });
}

async function runBare(work: () => void): Promise<() => Promise<void>> {
  const clientOptions = { slackApiUrl: apiUrl };
  const { receiver, start, ...token } = appToken === undefined ? overHttp(clientOptions) : inSocketMode(appToken, clientOptions);
  const app = new App({ ...token, receiver, clientOptions, logLevel });
  app.command("/log", async ({ ack, respond }) => {
    await ack();
    work();
    await respond({ response_type: "ephemeral", text: logged });
  });
  stdout.write(`${await start()}\n`);
  return async () => void (await app.stop());
}

type Way = { readonly receiver: Receiver; readonly token?: string; start(): Promise<string> };

function inSocketMode(appToken: string, clientOptions: { readonly slackApiUrl: string }): Way {
  const receiver = new SocketModeReceiver({ appToken, logLevel, installerOptions: { clientOptions } });
  return {
    receiver,
    token: botToken,
    async start() {
      await receiver.start();
      return "ready";
    },
  };
}

function overHttp(clientOptions: { readonly slackApiUrl: string }): Way {
  const receiver = new HTTPReceiver({
    ...secrets,
    logLevel,
    scopes: ["commands"],
    installationStore: new MemoryInstallationStore(),
    installerOptions: { directInstall: true, clientOptions, authorizationUrl: new URL("/oauth/v2/authorize", apiUrl).href },
  });
  return {
    receiver,
    async start() {
      const server = await receiver.start(place);
      return `http://${place.host}:${(server.address() as AddressInfo).port}`;
    },
  };
}
