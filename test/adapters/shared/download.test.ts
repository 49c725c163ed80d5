/** Downloads over the wire of this machine and over a made-up web: how much is taken, for how long, from whom, and who sees the secret. */

import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Ask, createDownload, type Downloaded, downloadLimits } from "../../../adapters/shared/download.ts";
import { scaled } from "../../support/counts.ts";

type Serve = (response: ServerResponse, request: IncomingMessage) => void;
const words = "date,minutes,activity\n2026-11-25,20,strength\n";
const patient = 20_000;
const soon = 300;

/** A server that is the operator's own API, and what comes of a download from it. */
async function got(
  serve: Serve,
  { most = 1000, deadline = patient }: { readonly most?: number; readonly deadline?: number } = {},
): Promise<Downloaded> {
  const server = createServer((request, response) => serve(response, request));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const download = createDownload({ hosts: [], apiUrl: origin, deadline });
  return await download({ url: `${origin}/file`, most, secret: "s3cret" });
}

function bytes(length: number): Downloaded {
  return { kind: "bytes", bytes: Buffer.alloc(length, "a") };
}

describe("a file", () => {
  test.each([
    ["as it is", {}, Buffer.from(words)],
    ["packed by gzip", { "content-encoding": "gzip" }, gzipSync(words)],
    ["packed by gzip, in another word for it", { "content-encoding": " X-GZip" }, gzipSync(words)],
    ["packed by deflate", { "content-encoding": "deflate" }, deflateSync(words)],
    ["packed by Brotli", { "content-encoding": "br" }, brotliCompressSync(words)],
    ["packed by Zstandard", { "content-encoding": "zstd" }, zstdCompressSync(words)],
    ["said to be packed by nothing", { "content-encoding": "identity" }, Buffer.from(words)],
  ])("is had %s", async (_, headers, body) => {
    expect(await got((response) => response.writeHead(200, headers).end(body))).toEqual({ kind: "bytes", bytes: Buffer.from(words) });
  });

  test("is asked for with the secret", async () => {
    const seen: (string | undefined)[] = [];
    await got((response, { headers }) => response.end(void seen.push(headers.authorization)));
    expect(seen).toEqual(["Bearer s3cret"]);
  });

  test.each([400, 401, 403, 404, 410, 429, 500, 503, 204, 206, 304])("that is answered by a bare %i is none", async (status) => {
    expect(await got((response) => response.writeHead(status).end())).toEqual({ kind: "unreachable", code: `http-${status}` });
  });

  test("is no page for signing in, and nothing that is packed in an unknown way", async () => {
    const page = await got((response) => response.writeHead(200, { "content-type": "Text/HTML; charset=utf-8" }).end("<title>"));
    expect(page).toEqual({ kind: "unreachable", code: "html" });
    for (const encoding of ["rot13", "gzip, gzip", "__proto__"])
      expect(await got((response) => response.writeHead(200, { "content-encoding": encoding }).end(gzipSync(words)))).toEqual({
        kind: "unreachable",
        code: "content-encoding",
      });
  });

  test("whose connection breaks, or that is packed wrongly, is not had by halves", async () => {
    const half: Serve = (response) =>
      void response.writeHead(200, { "content-length": 500 }).write("a".repeat(100), () => response.destroy());
    expect((await got(half)).kind).toBe("unreachable");
    const chunked: Serve = (response) => void response.writeHead(200).write("a".repeat(100), () => response.destroy());
    expect((await got(chunked)).kind).toBe("unreachable");
    expect((await got((response) => response.destroy())).kind).toBe("unreachable");
    const packed = gzipSync(words);
    for (const broken of [packed.subarray(0, -5), Buffer.from(words)])
      expect((await got((response) => response.writeHead(200, { "content-encoding": "gzip" }).end(broken))).kind).toBe("unreachable");
  });
});

describe("of its size", () => {
  test("all that is allowed is taken, and not one byte more", async () => {
    for (const [length, expected] of [
      [1000, bytes(1000)],
      [1001, { kind: "too-large" }],
    ] as const) {
      const body = Buffer.alloc(length, "a");
      expect(await got((response) => response.writeHead(200, { "content-length": length }).end(body))).toEqual(expected);
      expect(await got((response) => void Readable.from([body.subarray(0, 600), body.subarray(600)]).pipe(response))).toEqual(expected);
      for (const [encoding, packed] of [
        ["gzip", gzipSync(body)],
        ["deflate", deflateSync(body)],
        ["br", brotliCompressSync(body)],
        ["zstd", zstdCompressSync(body)],
      ] as const)
        expect(await got((response) => response.writeHead(200, { "content-encoding": encoding }).end(packed))).toEqual(expected);
    }
  });

  test("nothing is waited for where it is told to be too much", async () => {
    expect(await got((response) => response.writeHead(200, { "content-length": 1001 }).flushHeaders())).toEqual({ kind: "too-large" });
  });

  test("a file without an end is left", async () => {
    const pour = (response: ServerResponse, chunk: Buffer): void => {
      response.write(chunk);
      const timer = setTimeout(() => pour(response, chunk));
      response.on("close", () => clearTimeout(timer));
    };
    expect(await got((response) => pour(response.writeHead(200), Buffer.alloc(100, "a")))).toEqual({ kind: "too-large" });
    // Members of gzip that hold nothing come to nothing, for ever.
    expect(await got((response) => pour(response.writeHead(200, { "content-encoding": "gzip" }), gzipSync("")))).toEqual({
      kind: "too-large",
    });
  });

  test("what is packed counts by what comes out", async () => {
    const bomb = Buffer.alloc(64 * 1024 * 1024);
    for (const [encoding, packed] of [
      ["gzip", gzipSync(bomb)],
      ["br", brotliCompressSync(bomb)],
      ["zstd", zstdCompressSync(bomb)],
    ] as const) {
      expect(packed.length).toBeLessThan(100_000);
      expect(await got((response) => response.writeHead(200, { "content-encoding": encoding }).end(packed), { most: 1_000_000 })).toEqual({
        kind: "too-large",
      });
    }
  });
});

describe("of its time", () => {
  const late: Downloaded = { kind: "unreachable", code: "late" };
  const repeat = (response: ServerResponse, act: () => void): void => {
    const timer = setInterval(act, 20);
    response.on("close", () => clearInterval(timer));
  };
  const drip = (response: ServerResponse, chunk: string | Buffer): void => repeat(response, () => void response.write(chunk));
  /** Blocks that hold nothing, behind a good header. */
  const dripPacked = (response: ServerResponse): void => {
    response.writeHead(200, { "content-encoding": "gzip" }).write(gzipSync("").subarray(0, 10));
    drip(response, Buffer.from([0, 0, 0, 255, 255]));
  };
  test.each<[what: string, serve: Serve]>([
    ["nothing is answered", () => undefined],
    ["nothing comes after the first line", (response) => response.socket?.write("HTTP/1.1 200 OK\r\n")],
    ["nothing comes after the headers", (response) => response.flushHeaders()],
    ["a byte comes now and then", (response) => drip(response, "a")],
    ["a byte of what is packed comes now and then", (response) => dripPacked(response)],
    ["interim answers come now and then", (response) => repeat(response, () => response.writeProcessing())],
  ])("it is over where %s", async (_, serve) => {
    expect(await got(serve, { deadline: soon, most: 1e9 })).toEqual(late);
  });

  test("it is one limit for all redirects together", async () => {
    const began = performance.now();
    let asked = 0;
    const slow: Serve = (response, { url }) =>
      void setTimeout(() => response.writeHead(302, { location: `${url}x` }).end(), asked++ === 0 ? 0 : patient);
    expect(await got(slow, { deadline: soon })).toEqual(late);
    expect([asked, performance.now() - began < patient]).toEqual([2, true]);
  });

  test("it is half a minute unless said", () => expect(downloadLimits).toEqual({ milliseconds: 30_000, redirects: 3 }));
});

test("so many redirects are followed, and no more", async () => {
  for (const [redirects, kind] of [
    [0, "bytes"],
    [downloadLimits.redirects, "bytes"],
    [downloadLimits.redirects + 1, "unreachable"],
  ] as const) {
    let left: number = redirects;
    const serve: Serve = (response) =>
      left-- === 0 ? response.end(words) : response.writeHead(302, { location: "/again", "content-length": 5 }).end("moved");
    expect((await got(serve)).kind).toBe(kind);
  }
});

/** What a request of a made-up web is answered with: a redirect, or a file. */
type Page = { readonly location: string | undefined };

/** A web in which every request gets the next page; it notes who was asked, and with which headers. */
function madeUpWeb(pages: readonly Page[]) {
  const asked: { readonly address: URL; readonly authorization: string | undefined }[] = [];
  const ask: Ask = async (address, { headers }) => {
    const location = pages[asked.length]?.location;
    asked.push({ address, authorization: headers["authorization"] });
    const about = location === undefined ? { statusCode: 200, headers: {} } : { statusCode: 302, headers: { location } };
    return Object.assign(Readable.from([Buffer.from(words)]), about);
  };
  return { ask, asked };
}

const hosts = ["files.example.com", "cdn.example.net"];
const apiUrl = "http://127.0.0.1:4000/api/";
const onList = ["https://files.example.com/a", "https://cdn.example.net/b", "http://127.0.0.1:4000/c", "/d", "//cdn.example.net/e"];
const offList = [
  "https://evil.example/f",
  "http://files.example.com/g",
  "http://127.0.0.1:4001/h",
  "//evil.example/i",
  "file:///etc/passwd",
  "",
];
const lookAlikes = ["files.example.com.evil.example", "files.example.com@evil.example", "evil.example@files.example.com"];
const addresses = fc.constantFrom(...onList, ...offList, ...lookAlikes.map((host) => `https://${host}/`));

describe("wherever made-up redirects lead", () => {
  const platformOf = ({ origin }: URL): string => (origin === "http://127.0.0.1:4000" ? "own" : "platform");

  test("only hosts of the list are asked, and the secret is not where it was not given to", async () => {
    await fc.assert(
      fc.asyncProperty(addresses, fc.array(addresses, { maxLength: 6 }), async (url, locations) => {
        const { ask, asked } = madeUpWeb(locations.map((location) => ({ location })));
        await createDownload({ hosts, apiUrl, ask })({ url, most: 1000, secret: "s3cret" });
        expect(asked.length).toBeLessThanOrEqual(1 + downloadLimits.redirects);
        for (const [place, { address, authorization }] of asked.entries()) {
          expect(["https://files.example.com", "https://cdn.example.net", "http://127.0.0.1:4000"]).toContain(address.origin);
          const way = asked.slice(0, place + 1).map((one) => platformOf(one.address));
          expect(authorization).toBe(new Set(way).size === 1 ? "Bearer s3cret" : undefined);
        }
      }),
      { numRuns: scaled(3000) },
    );
  });

  test("no header of authorization is sent where there is no secret", async () => {
    await fc.assert(
      fc.asyncProperty(addresses, fc.array(addresses, { maxLength: 6 }), async (url, locations) => {
        const { ask, asked } = madeUpWeb(locations.map((location) => ({ location })));
        await createDownload({ hosts, apiUrl, ask })({ url, most: 1000 });
        expect(asked.flatMap(({ authorization }) => authorization ?? [])).toEqual([]);
      }),
    );
  });

  test("a secret that was dropped does not come back", async () => {
    const back = ["http://127.0.0.1:4000/b", "https://files.example.com/c"].map((location) => ({ location }));
    const { ask, asked } = madeUpWeb(back);
    const read = await createDownload({ hosts, apiUrl, ask })({ url: "https://files.example.com/a", most: 1000, secret: "s3cret" });
    expect(read.kind).toBe("bytes");
    expect(asked.map(({ authorization }) => authorization)).toEqual(["Bearer s3cret", undefined, undefined]);
  });
});
