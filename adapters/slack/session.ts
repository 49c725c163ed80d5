/** Socket Mode's connection: opened again for as long as the adapter runs, and never given up but for a token that Slack refuses. */

import { SocketModeReceiver } from "@slack/bolt";
import { placeOf } from "#core/place.ts";
import type { Log } from "#src/ports.ts";
import { clientOptions, silent } from "./client.ts";
import { classify } from "./failure.ts";

/** Milliseconds for which is waited, and for what. */
export type Patience = {
  /** For the greeting of a new connection. */
  readonly greeting: number;
  /** For the answer to a ping, before a connection is taken for dead. */
  readonly pong: number;
  /** For a ping of Slack's. */
  readonly ping: number;
  /** Before the first new try; each next one waits longer. */
  readonly first: number;
  /** Before any new try, at most. */
  readonly longest: number;
};

const usual: Patience = { greeting: 20_000, pong: 2000, ping: 30_000, first: 1000, longest: 30_000 };

/** What a connection is made with. */
export type SessionOptions = {
  readonly appToken: string;
  readonly apiUrl: string | undefined;
  readonly log: Log;
  readonly patience: Partial<Patience> | undefined;
};

/** How it ended: asked to, or with the word by which Slack refuses the token. */
export type End = "stopped" | { readonly refused: string };

/** A connection. */
export type Session = {
  readonly receiver: SocketModeReceiver;
  /** Resolves when it stands for the first time, or has failed for the first time and will be tried again. */
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly ended: Promise<End>;
};

/** A connection over `options`. */
export function createSession({ appToken, apiUrl, log, patience = {} }: SessionOptions): Session {
  const waits = { ...usual, ...patience };
  const receiver = createReceiver(appToken, apiUrl, waits);
  const { promise: ended, resolve: end } = Promise.withResolvers<End>();
  const stopping = new AbortController();
  const { promise: over, resolve: finish } = Promise.withResolvers<void>();
  let isRunning = false;
  return {
    receiver,
    async start() {
      if (stopping.signal.aborted || isRunning) return;
      isRunning = true;
      const { promise: tried, resolve } = Promise.withResolvers<void>();
      void live({ client: receiver.client, waits, log, stopping: stopping.signal, tried: resolve }).then((how) => {
        end(how);
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
        await Promise.race([over, rest(waits.pong * 3, isOver.signal)]);
        isOver.abort();
      }
      end("stopped");
    },
    ended,
  };
}

type Line = {
  readonly client: SocketModeReceiver["client"];
  readonly waits: Patience;
  readonly log: Log;
  readonly stopping: AbortSignal;
  /** Tells that it stands, or has failed for the first time. */
  readonly tried: () => void;
};

async function live({ client, waits, log, stopping, tried }: Line): Promise<End> {
  let failures = 0;
  while (!stopping.aborted) {
    const { promise: closed, resolve: close } = Promise.withResolvers<void>();
    client.once("disconnected", () => close());
    const error = await open(client, waits.greeting);
    if (error === undefined) {
      log.info("slack-connected", { failures });
      failures = 0;
      tried();
      await closed;
      continue;
    }
    const failure = classify(error);
    if (failure.kind === "barred") return { refused: failure.code };
    failures += 1;
    if (!stopping.aborted) log.warn("slack-waiting", { failures, ...placeOf(error) });
    tried();
    await rest(Math.min(waits.first * 2 ** (failures - 1), waits.longest), stopping);
  }
  return "stopped";
}

/** Gives why it did not work. A line that is never greeted is closed, as the SDK would wait for ever. */
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

/** The SDK's own reconnecting waits without bounds, and ends the process where a token is refused meanwhile. */
function createReceiver(appToken: string, apiUrl: string | undefined, { pong, ping }: Patience): SocketModeReceiver {
  return new SocketModeReceiver({
    appToken,
    logger: silent,
    autoReconnectEnabled: false,
    clientPingTimeout: pong,
    serverPingTimeout: ping,
    installerOptions: { clientOptions: clientOptions(apiUrl) },
    // What went wrong is told where it happened; it was acknowledged before.
    processEventErrorHandler: async () => true,
  });
}

/** Waits so many milliseconds, or until `signal` says that it is over. */
async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  signal.addEventListener("abort", () => resolve(), { once: true });
  await promise;
  clearTimeout(timer);
}
