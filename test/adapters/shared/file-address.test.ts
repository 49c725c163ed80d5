/** The allow-list of addresses that files may lie at. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createAllowList, isPrivate } from "../../../adapters/shared/file-address.ts";
import { lookupPublic } from "../../../adapters/shared/download.ts";
import { scaled } from "../../support/counts.ts";
import { foreignAddresses } from "../../support/foreign-host.ts";

const listed = "files.example.com";
const own = "http://127.0.0.1:4000";
const allowList = createAllowList({ hosts: [listed, "cdn.example.net"], apiUrl: `${own}/api/` });

describe("allowed", () => {
  test.each([
    `https://${listed}/files-pri/T1-F1/runs.csv`,
    `https://${listed}/a/b.csv?t=1&x=%20#part`,
    `https://${listed}?name=@evil.example`,
    `https://${listed}`,
    `https://${listed}:443/runs.csv`,
    `HTTPS://Files.Example.com/runs.csv`,
    `https://${listed}/läufe.csv`,
    `https://${listed}/@evil.example/x`,
    `https://cdn.example.net/attachments/1/2/runs.csv?ex=1&is=2&hm=3`,
    `${own}/files/runs.csv`,
  ])("is %s", (text) => {
    expect(allowList.find(text)?.href).toBe(new URL(text).href);
  });

  test("of the operator's own API is its scheme, host and port, and nothing where none is set", () => {
    const none = createAllowList({ hosts: [listed], apiUrl: undefined });
    for (const text of [`${own}/x`, "http://127.0.0.1/x", "https://slack.com/x"]) expect(none.find(text)).toBeUndefined();
    for (const text of [
      "https://127.0.0.1:4000/x",
      "http://127.0.0.1:4001/x",
      "http://127.0.0.1/x",
      "http://127.0.0.2:4000/x",
      "http://localhost:4000/x",
    ])
      expect(allowList.find(text)).toBeUndefined();
    const usual = createAllowList({ hosts: [], apiUrl: "http://proxy.internal:80/api" });
    expect(usual.find("http://proxy.internal/x")?.href).toBe("http://proxy.internal/x");
    expect(usual.find("https://proxy.internal/x")).toBeUndefined();
  });
});

describe("refused", () => {
  const foreign = foreignAddresses(listed, own, 4001);
  test("are at least forty kinds", () => expect(new Set(foreign).size).toBeGreaterThan(40));
  test.each(foreign.map((text) => [text]))("is %j", (text) => expect(allowList.find(text)).toBeUndefined());
});

test.each(["127.1", "2130706433", "user@evil.example", "files.example.com:0443", "xn--mnchen-3ya.example@evil.example"])(
  "a name on the list that is read as another host lets nothing in: %s",
  (name) => {
    const list = createAllowList({ hosts: [name], apiUrl: undefined });
    expect(list.find(`https://${name}/runs.csv`)).toBeUndefined();
  },
);

const schemes = ["http", "https", "HTTPS", "file", "data", "ftp"];
const signs = [...Array.from(":/\\@?#%. \t\n\r\0\u00ad\u3002\u0455"), "//", "..", "%2e", "%00", "%40"];
const names = [listed, listed.toUpperCase(), "cdn.example.net", "evil.example", "files", ".example.com", "localhost", "user", "xn--"];
const numbers = ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "[::1]", ":4000", ":443", ":80", ":8443", "/runs.csv"];
const part = fc.constantFrom(...schemes, ...signs, ...names, ...numbers);
const madeUp = fc.oneof(
  fc.array(part, { maxLength: 9 }).map((parts) => parts.join("")),
  fc
    .tuple(fc.constantFrom("https://", "http://", "https:", "//"), fc.array(part, { maxLength: 6 }))
    .map(([start, parts]) => start + parts.join("")),
  fc.tuple(fc.constantFrom(`https://${listed}`, own), fc.array(part, { maxLength: 4 })).map(([start, parts]) => start + parts.join("")),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc.string({ unit: "binary" }).map((text) => `https://${text}@${listed}/`),
  fc.string({ unit: "binary" }).map((text) => `https://${listed}${text}`),
);
/** As a person reads it, without any parser of addresses. */
const plain = /^(?:https:\/\/(?:files\.example\.com|cdn\.example\.net)(?::443)?|http:\/\/127\.0\.0\.1:4000)(?:[/?#][^\\\s\p{Cc}]*)?$/iu;

/** What is wrong with an address that was found; nothing where none was. */
function wrongWith(found: URL | undefined): readonly string[] {
  if (!found) return [];
  const isListed = [`https://${listed}`, "https://cdn.example.net", own].includes(found.origin);
  return [...(isListed ? [] : ["its host"]), ...(found.username + found.password === "" ? [] : ["its user info"])];
}

test("of all made-up addresses only those are allowed that are plainly on the list", () => {
  fc.assert(
    fc.property(madeUp, (text) => {
      const found = allowList.find(text);
      expect([text, wrongWith(found), found !== undefined && !plain.test(text)]).toEqual([text, [], false]);
    }),
    { numRuns: scaled(20_000) },
  );
});

test("wherever a made-up redirect leads, it is on the list, and without user info", () => {
  const starts = [`https://${listed}/a/b?c`, `https://cdn.example.net/`, `${own}/files/x`].map((text) => new URL(text));
  fc.assert(
    fc.property(madeUp, fc.constantFrom(...starts), (text, from) => {
      const found = allowList.find(text, from);
      const isHidden = found !== undefined && /^[a-z][a-z\d+.-]*:/iu.test(text) && !plain.test(text);
      expect([text, wrongWith(found), isHidden]).toEqual([text, [], false]);
    }),
    { numRuns: scaled(20_000) },
  );
});

test("a redirect may name a path, a query, or the host without a scheme", () => {
  const from = new URL(`https://${listed}/a/b.csv`);
  const led = (text: string): string | undefined => allowList.find(text, from)?.href;
  expect(led("/c.csv")).toBe(`https://${listed}/c.csv`);
  expect(led("c.csv?x=1")).toBe(`https://${listed}/a/c.csv?x=1`);
  expect(led("//cdn.example.net/c.csv")).toBe("https://cdn.example.net/c.csv");
  expect(led("//evil.example/c.csv")).toBeUndefined();
  expect(led("/\\evil.example/c.csv")).toBeUndefined();
  expect(led("http://files.example.com/c.csv")).toBeUndefined();
  // Without TLS only the operator's own API is asked, whatever the redirect leaves out.
  expect(allowList.find(`//${listed}/c.csv`, new URL(own))).toBeUndefined();
});

describe("an address of a private or special range", () => {
  const v4 = "0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 172.31.255.255 192.168.0.1 192.0.0.1";
  const special = "198.18.0.1 203.0.113.9 224.0.0.1 255.255.255.255 :: ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::7f00:1";
  const v6 = "fc00::1 fd00:ec2::254 fe80::1 febf::1 ff02::1 2001:db8::1 2002:7f00:1::";
  test.each([v4, special, v6].join(" ").split(" "))("is %s", (address) => expect(isPrivate(address)).toBe(true));

  test.each([
    "8.8.8.8",
    "::ffff:8.8.8.8",
    "100.63.255.255",
    "100.128.0.1",
    "172.15.255.255",
    "172.32.0.1",
    "192.167.255.255",
    "2606:4700::1111",
    "2a00:1450::1",
  ])("is not %s", (address) => expect(isPrivate(address)).toBe(false));
});

test.each([{ all: true }, { all: false }, { family: 4 }])(
  "a name that leads to this machine is no host of a platform's: %j",
  async (options) => {
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    lookupPublic("localhost", options, (error) => resolve(error?.code));
    expect(await promise).toBe("EPRIVATE");
  },
);
