/** Downloads a file that a user sent. No other code requests an address that a user or an event names. */

import { type LookupAddress, lookup } from "node:dns";
import { type IncomingMessage, request as plainly } from "node:http";
import { request as safely } from "node:https";
import type { LookupFunction } from "node:net";
import { pipeline } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from "node:zlib";
import { createAllowList, type FileHosts, isPrivate } from "./file-address.ts";

/** The result of a download. */
export type Downloaded =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  /** The address is not on the platform's allow-list and was not requested. */
  | { readonly kind: "elsewhere" }
  | { readonly kind: "too-large" }
  /** `code` is for the log: an HTTP status, a system error, or what was wrong with the response. */
  | { readonly kind: "unreachable"; readonly code: string };

/** A request for at most `most` bytes of `url`, counted after decompression. `secret` is the platform's bearer token. */
export type Wanted = { readonly url: string; readonly most: number; readonly secret?: string };

/** Downloads a file. Never throws. */
export type Download = (wanted: Wanted) => Promise<Downloaded>;

/** Limits of one download: its total time in milliseconds, and its redirects. */
export const downloadLimits = { milliseconds: 30_000, redirects: 3 } as const;

/** The response to one request. */
export type Answer = Pick<IncomingMessage, "statusCode" | "headers"> & AsyncIterable<Uint8Array> & { destroy(): unknown };

/** Makes one GET request without following redirects. */
export type Ask = (
  address: URL,
  how: { readonly headers: Headers; readonly signal: AbortSignal; readonly isOwn: boolean },
) => Promise<Answer>;
type Headers = Readonly<Record<string, string>>;

/** Options of downloads. */
export type DownloadOptions = FileHosts & {
  /** Milliseconds for the whole download; `downloadLimits.milliseconds` by default. */
  readonly deadline?: number | undefined;
  readonly ask?: Ask;
};

/** Creates a `Download` for the hosts of one platform. */
export function createDownload({ deadline = downloadLimits.milliseconds, ask = askOverHttp, ...hosts }: DownloadOptions): Download {
  const allowList = createAllowList(hosts);
  /** Follows redirects. A redirect between the platform's hosts and the operator's own API drops the secret for good. */
  const follow = async (address: URL, secret: string | undefined, { most, signal, left }: Trip): Promise<Downloaded> => {
    const isOwn = allowList.isOwn(address);
    const headers = { "accept-encoding": "identity", ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }) };
    const answer = await ask(address, { headers, signal, isOwn });
    const location = redirectOf(answer);
    if (location === undefined) return await read(answer, most, signal);
    answer.destroy();
    const next = allowList.find(location, address);
    if (!next || left === 0) return unreachable(next ? "redirects" : "redirect-elsewhere");
    return await follow(next, allowList.isOwn(next) === isOwn ? secret : undefined, { most, signal, left: left - 1 });
  };
  return async ({ url, most, secret }) => {
    const address = allowList.find(url);
    if (!address) return { kind: "elsewhere" };
    const signal = AbortSignal.timeout(deadline);
    try {
      return await follow(address, secret, { most, signal, left: downloadLimits.redirects });
    } catch (error) {
      return unreachable(signal.aborted ? "late" : codeOf(error));
    }
  };
}

/** `left` is how many redirects may still be followed. */
type Trip = { readonly most: number; readonly signal: AbortSignal; readonly left: number };

function unreachable(code: string): Downloaded {
  return { kind: "unreachable", code };
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "broken";
}

function redirectOf({ statusCode = 0, headers: { location } }: Answer): string | undefined {
  return [301, 302, 303, 307, 308].includes(statusCode) ? location : undefined;
}

/** Makes one request. A platform's host that resolves to a private address is refused: somebody else would answer for it. */
const askOverHttp: Ask = async (address, { headers, signal, isOwn }) => {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const request = address.protocol === "https:" ? safely : plainly;
  // A name that differs from the address's is a proxy's. The proxy resolves the address.
  const find: LookupFunction = (name, options, done) =>
    isOwn || name !== address.hostname ? lookup(name, options, done) : lookupPublic(name, options, done);
  request(address, { headers, signal, lookup: find }, resolve).on("error", reject).end();
  return await promise;
};

/** Resolves a name. Fails with EPRIVATE if any of its addresses is in a private range. */
export const lookupPublic: LookupFunction = (name, options, done) => {
  lookup(name, options, (error, found: string | LookupAddress[], family?: number) => {
    const addresses = Array.isArray(found) ? found.map(({ address }) => address) : [found];
    const isOff = !error && addresses.some(isPrivate);
    done(isOff ? Object.assign(new Error(`Look up a host: its address must be public`), { code: "EPRIVATE" }) : error, found, family);
  });
};

async function read(answer: Answer, most: number, signal: AbortSignal): Promise<Downloaded> {
  const { statusCode = 0, headers } = answer;
  const stop = (what: Downloaded): Downloaded => {
    answer.destroy();
    return what;
  };
  if (statusCode !== 200) return stop(unreachable(`http-${statusCode}`));
  // Slack serves its sign-in page instead of a file that it denies.
  if (/^\s*text\/html\b/iu.test(headers["content-type"] ?? "")) return stop(unreachable("html"));
  if (Number(headers["content-length"] ?? 0) > most) return stop({ kind: "too-large" });
  const parts = decoded(answer, most);
  if (!parts) return stop(unreachable("content-encoding"));
  try {
    const bytes = await Array.fromAsync(upTo(most, parts));
    return signal.aborted ? unreachable("late") : { kind: "bytes", bytes: Buffer.concat(bytes) };
  } catch (error) {
    if (error === tooLarge) return { kind: "too-large" };
    throw error;
  } finally {
    answer.destroy();
  }
}

const decoders = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
} as const;

/** Decompresses the body; undefined for an unknown encoding. */
function decoded(answer: Answer, most: number): AsyncIterable<Uint8Array> | undefined {
  const encoding = (answer.headers["content-encoding"] ?? "identity").trim().toLowerCase();
  if (encoding === "identity" || encoding === "") return answer;
  const create = Object.entries(decoders).find(([name]) => name === encoding)?.[1];
  // Badly compressible data grows a little when compressed.
  const packed = upTo(2 * most + 1024, answer);
  return create && pipeline(packed, create(), () => undefined);
}

const tooLarge = new Error("Download a file: it must not be larger than is wanted");

/** Passes `parts` on. Throws `tooLarge` after more than `most` bytes. */
async function* upTo(most: number, parts: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const part of parts) {
    length += part.length;
    if (length > most) throw tooLarge;
    yield part;
  }
}
