/** The HTTP transport for many workspaces. Bolt verifies and parses the requests, and runs OAuth. */

import type { Server, ServerResponse } from "node:http";
import { HTTPReceiver, type HTTPReceiverOptions } from "@slack/bolt";
import { describeError } from "#src/ports/describe-error.ts";
import type { Installations } from "#src/ports/installations.ts";
import type { Log } from "#src/ports/runtime.ts";
import { guardRequests } from "../checks/requests.ts";
import { clientOptions, createClient, silent } from "../client.ts";
import { paths, scopes } from "../manifest/index.ts";
import type { Transport } from "../transport.ts";
import { createInstallationStore, createBotTokens } from "./bot-tokens.ts";
import { declined, failed, installed, show, stale } from "./install-pages.ts";
import { createStateStore } from "./oauth-state.ts";

/** What the HTTP transport needs. */
export type HttpOptions = {
  /** Secret with which Slack signs its requests. */
  readonly signingSecret: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Secret with which we sign the OAuth state. */
  readonly stateSecret: string;
  readonly host: string;
  /** 0 means any free port. */
  readonly port: number;
  readonly installations: Installations;
  readonly prefix: string;
  readonly apiUrl: string | undefined;
  readonly log: Log;
  readonly tell: (line: string) => void;
};

/** Bytes; more than any request of Slack's. */
const largestBody = 256 * 1024;
/** Milliseconds: for a request to arrive completely, and for requests in flight at a stop. */
const [arriving, draining] = [10_000, 2000];
/** Milliseconds after which a request is acknowledged, even if the process is busy. Slack waits three seconds. */
const lastAnswer = 2500;

/** Creates a transport that listens on `host` and `port`. It ends by itself only if it cannot listen. */
export function createHttpTransport(options: HttpOptions): Transport {
  const { apiUrl, installations, log, host, port } = options;
  const receiver = createReceiver(options);
  const { installer } = receiver;
  if (installer) keepCookieHome(installer);
  if (!installer) throw new Error("Listen to Slack over HTTP: Bolt must have what an installation needs");
  const tokens = createBotTokens({ installer, installations, client: createClient(apiUrl, log), log });
  const { promise: ended, resolve: end } = Promise.withResolvers<string | undefined>();
  let starting: Promise<Server | undefined> | undefined;
  return {
    // With an installer, Bolt would authorize every incoming request. Ours is asked once, where a token is needed.
    receiver: { init: (app) => receiver.init(app), start: () => receiver.start(port), stop: () => receiver.stop() },
    tokens,
    ended,
    async start() {
      const listening = receiver.start({ host, port }, { requestTimeout: arriving, headersTimeout: arriving });
      starting = listening.catch((error: unknown) => {
        end(`Slack cannot be heard on ${host}, port ${port} (${describeError(error).code}). PORT and HOST say where to listen.`);
        return undefined;
      });
      const server = await starting;
      if (server) sayWhere(server, options);
    },
    async stop() {
      const server = await starting;
      if (server) await close(server);
      end(undefined);
    },
  };
}

function createReceiver({ signingSecret, clientId, clientSecret, apiUrl, log, prefix, ...options }: HttpOptions): HTTPReceiver {
  const { stateSecret, installations } = options;
  const asked = { scopes: [...scopes] };
  const receiver = new HTTPReceiver({
    signingSecret,
    clientId,
    clientSecret,
    ...asked,
    endpoints: paths.events,
    bodyLimit: largestBody,
    // Bolt warns about requests that are too large, wrongly signed or unreadable.
    logger: { ...silent, warn: () => log.warn("slack-request-refused") },
    installationStore: createInstallationStore(installations),
    installerOptions: {
      directInstall: true,
      installPath: paths.install,
      redirectUriPath: paths.redirect,
      stateStore: createStateStore(stateSecret, installations, asked),
      clientOptions: clientOptions(apiUrl),
      ...(apiUrl === undefined ? {} : { authorizationUrl: new URL("/oauth/v2/authorize", apiUrl).href }),
      callbackOptions: createPages(log, prefix),
    },
    async processEventErrorHandler({ error, response }) {
      log.error("slack-event-failed", describeError(error));
      acknowledge(response);
      return false;
    },
    unhandledRequestTimeoutMillis: lastAnswer,
    unhandledRequestHandler: ({ response }) => acknowledge(response),
  });
  guardRequests(receiver, { signingSecret, largestBody, log });
  return receiver;
}

/** Marks Bolt's state cookie SameSite=Lax: other sites send it only with a followed link, such as Slack's redirect. */
function keepCookieHome(installer: NonNullable<HTTPReceiver["installer"]>): void {
  const about = "Secure; HttpOnly; SameSite=Lax; Path=/";
  Object.assign(installer, {
    buildSetCookieHeaderForNewState: (state: string) => `${stateCookie}=${state}; ${about}; Max-Age=600`,
    buildSetCookieHeaderForStateDeletion: () => `${stateCookie}=deleted; ${about}; Expires=Thu, 01 Jan 1970 00:00:00 GMT`,
  });
}

/** The cookie name that Bolt reads. */
const stateCookie = "slack-app-oauth-state";

/** Acknowledges the request. The work has started, or its failure is logged; a repetition would not change that. */
function acknowledge(response: ServerResponse): void {
  if (!response.headersSent) response.writeHead(200).end();
}

type Pages = NonNullable<NonNullable<HTTPReceiverOptions["installerOptions"]>["callbackOptions"]>;

/** Bolt's error codes: the person declined; or the callback did not match a started installation. */
const [denied, broken] = ["slack_oauth_installer_authorization_error", /^slack_oauth_(?:invalid_state|missing_state|missing_code|unknown)/];

function createPages(log: Log, prefix: string): Pages {
  return {
    success({ team, enterprise, isEnterpriseInstall }, _, __, response) {
      log.info("slack-installed", { home: (isEnterpriseInstall ? enterprise?.id : team?.id) ?? "" });
      show(response, installed((isEnterpriseInstall ? enterprise?.name : team?.name) ?? "your workspace", prefix));
    },
    failure(error, _, __, response) {
      if (error.code === denied) return show(response, declined);
      log.warn("slack-install-failed", describeError(error));
      return show(response, broken.test(error.code) ? stale : failed);
    },
  };
}

function sayWhere(server: Server, { host, tell, log }: HttpOptions): void {
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  log.info("slack-listening", { host, port });
  tell(`Slack is heard on http://${host}:${port}${paths.events}. People install the bot at ${paths.install} of your public address.`);
}

/** Closes the server. Requests in flight are answered; connections that stay open after `draining` are cut. */
async function close(server: Server): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), draining);
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  await closed;
  clearTimeout(timer);
}
