/** A bare bot of the real Bolt, over HTTP and with Bolt's OAuth: the reference for the fake server. */

import type { AddressInfo } from "node:net";
import { App, HTTPReceiver, type HTTPReceiverOptions, MemoryInstallationStore } from "@slack/bolt";
import { WebClient } from "@slack/web-api";
import { onTestFinished } from "vitest";
import { silent } from "../../../adapters/slack/client.ts";
import type { Slack } from "./types.ts";

/** Such a bot. */
export type Bolt = { readonly app: App; readonly origin: string; readonly store: MemoryInstallationStore };

/** Opens a bot that does what `listen` says, and aims `slack` at it. Both are closed after the test. */
export async function openBolt(
  slack: Slack,
  listen: (app: App) => void = () => {},
  options: Partial<HTTPReceiverOptions> = {},
): Promise<Bolt> {
  const { clientId, clientSecret, authorizationUrl } = slack.oauth;
  const store = new MemoryInstallationStore();
  const receiver = new HTTPReceiver({
    signingSecret: slack.http.signingSecret,
    clientId,
    clientSecret,
    stateSecret: "state-secret",
    scopes: ["commands", "chat:write"],
    logger: silent,
    installationStore: store,
    installerOptions: { directInstall: true, clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } }, authorizationUrl },
    unhandledRequestTimeoutMillis: 100,
    ...options,
  });
  const app = new App({ receiver, logger: silent, clientOptions: { slackApiUrl: slack.apiUrl } });
  listen(app);
  const server = await receiver.start({ host: "127.0.0.1", port: 0 });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await slack.http.aim(origin);
  return { app, origin, store };
}

/** A client without retries. */
export function clientOf({ apiUrl }: Slack, token?: string): WebClient {
  return new WebClient(token, { slackApiUrl: apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, logger: silent });
}
