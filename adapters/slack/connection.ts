/** The Socket Mode connection: reconnects until stopped or until Slack rejects the token. */

import { SocketModeReceiver } from "@slack/bolt";
import { describeError } from "#src/ports/describe-error.ts";
import type { Log } from "#src/ports/runtime.ts";
import { createOutage } from "../shared/outage-log.ts";
import { guardEnvelopes } from "./checks/envelopes.ts";
import { clientOptions, createClient, silent } from "./client.ts";
import { classify } from "./errors.ts";
import { createSingleToken } from "./http/bot-tokens.ts";
import type { Transport } from "./transport.ts";

/** Timeouts and delays in milliseconds. */
export type Patience = {
  /** For Slack's greeting on a new connection. */
  readonly greeting: number;
  /** For the answer to a ping. After that the connection counts as dead. */
  readonly pong: number;
  /** For a ping from Slack. */
  readonly ping: number;
  /** Before the first reconnect; each later delay is longer. */
  readonly first: number;
  /** The longest delay before a reconnect. */
  readonly longest: number;
};

// A pong queues behind everything that Slack sent before it. With two seconds, a flood made the connection look dead and lost events.
const usual: Patience = { greeting: 20_000, pong: 10_000, ping: 30_000, first: 1000, longest: 30_000 };
/** Milliseconds to wait for a connection to close. */
const goodbye = 6000;

/** What a Socket Mode connection needs. */
export type SocketTransportOptions = {
  /** The app-level token, for receiving. */
  readonly appToken: string;
  /** The bot token, for the Web API. */
  readonly botToken: string;
  readonly apiUrl: string | undefined;
  readonly log: Log;
  readonly patience?: Partial<Patience> | undefined;
};

/** Creates the Socket Mode transport. */
export function createSocketTransport({ appToken, botToken, apiUrl, log, patience = {} }: SocketTransportOptions): Transport {
  const waits = { ...usual, ...patience };
  const receiver = createReceiver({ appToken, apiUrl }, waits);
  guardEnvelopes(receiver.client, log);
  const { promise: ended, resolve: end } = Promise.withResolvers<string | undefined>();
  const stopping = new AbortController();
  const { promise: over, resolve: finish } = Promise.withResolvers<void>();
  const refuse = (word: string): void => {
    end(sayBotRefused(word));
    stopping.abort();
    void receiver.client.disconnect();
  };
  const tokens = createSingleToken(botToken, { client: createClient(apiUrl, log), log, onRefused: refuse });
  let isRunning = false;
  // Resolves the bot at start, so that a wrong token is reported at once.
  const ask = async (): Promise<void> => {
    const failure = await tokens.find("").then(() => undefined, classify);
    if (failure?.kind === "auth-revoked") refuse(failure.code);
  };
  return {
    receiver,
    tokens,
    async start() {
      if (stopping.signal.aborted || isRunning) return;
      isRunning = true;
      void ask();
      const { promise: tried, resolve } = Promise.withResolvers<void>();
      void live({ client: receiver.client, waits, log, stopping: stopping.signal, tried: resolve }).then((refused) => {
        end(refused === undefined ? undefined : sayRefused(refused));
        resolve();
        return finish();
      });
      await tried;
    },
    async stop() {
      stopping.abort();
      if (isRunning) {
        void receiver.client.disconnect();
        const isOver = new AbortController();
        await Promise.race([over, rest(Math.min(waits.pong * 3, goodbye), isOver.signal)]);
        isOver.abort();
      }
      end(undefined);
    },
    ended,
  };
}

type Life = {
  readonly client: SocketModeReceiver["client"];
  readonly waits: Patience;
  readonly log: Log;
  readonly stopping: AbortSignal;
  /** Called when the connection is up, or has failed for the first time. */
  readonly tried: () => void;
};

/** Returns the error code with which Slack refuses the token; undefined after a stop. */
async function live({ client, waits, log, stopping, tried }: Life): Promise<string | undefined> {
  let failures = 0;
  const outage = createOutage();
  while (!stopping.aborted) {
    const { promise: closed, resolve: close } = Promise.withResolvers<void>();
    client.once("disconnected", () => close());
    const error = await open(client, waits.greeting);
    if (error === undefined && stopping.aborted) {
      // Stopped while the connection was opening.
      void client.disconnect();
      return undefined;
    }
    if (error === undefined) {
      const seconds = outage.end();
      log.info("slack-connected", { failures, ...(seconds === undefined ? {} : { seconds }) });
      failures = 0;
      tried();
      await closed;
      outage.begin();
      continue;
    }
    const failure = classify(error);
    if (failure.kind === "auth-revoked") return failure.code;
    failures += 1;
    outage.begin();
    if (!stopping.aborted) log.warn("slack-waiting", { failures, ...describeError(error) });
    tried();
    await rest(Math.min(waits.first * 2 ** (failures - 1), waits.longest), stopping);
  }
  return undefined;
}

function sayRefused(word: string): string {
  return `Slack does not take SLACK_APP_TOKEN (${word}). Your app on api.slack.com, Basic Information, App-Level Tokens makes a new one, with the scope connections:write.`;
}

function sayBotRefused(word: string): string {
  return `Slack does not take SLACK_BOT_TOKEN (${word}). Your app on api.slack.com, OAuth & Permissions shows it, after Install to Workspace.`;
}

/** Returns the error, if any. Closes a connection that is never greeted, since the SDK would wait for it forever. */
async function open(client: SocketModeReceiver["client"], greeting: number): Promise<unknown> {
  const timer = setTimeout(() => void client.disconnect(), greeting);
  try {
    await client.start();
    return undefined;
  } catch (error) {
    return error ?? new Error("Open a connection: Slack must greet it in time");
  } finally {
    clearTimeout(timer);
  }
}

/** Turns the SDK's own reconnecting off: it waits without limit, and ends the process if a token is refused meanwhile. */
function createReceiver(
  { appToken, apiUrl }: Pick<SocketTransportOptions, "appToken" | "apiUrl">,
  { pong, ping }: Patience,
): SocketModeReceiver {
  return new SocketModeReceiver({
    appToken,
    logger: silent,
    autoReconnectEnabled: false,
    clientPingTimeout: pong,
    serverPingTimeout: ping,
    installerOptions: { clientOptions: clientOptions(apiUrl) },
  });
}

/** Waits the given milliseconds, or until `signal` aborts. */
async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  signal.addEventListener("abort", () => resolve(), { once: true });
  await promise;
  clearTimeout(timer);
}
