/** Where the coach was let in: kept in a real file, in which no token stands, under keys that can be changed. */

import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { PlatformName } from "#core/lib/ids.ts";
import { createInstallations, renewInstallations } from "#src/app/installations.ts";
import { createTokenCipher, keyLength } from "#src/runtime/token-cipher.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import { temporaryFolder } from "../support/program.ts";

const platform = "slack" as PlatformName;
const clock = { now: () => Temporal.Instant.from("2026-11-25T11:00:00Z") };
const [old, young] = [0, 1].map(() => new Uint8Array(randomBytes(keyLength))) as [Uint8Array, Uint8Array];
const token = "xoxb-1234567890-secret";

function aFile() {
  const path = join(temporaryFolder(), "coach.db");
  const { store } = openSqlite({ path });
  onTestFinished(() => store.close());
  const under = (...keys: readonly Uint8Array[]) => ({ store, clock, cipher: createTokenCipher(keys), platform });
  return { store, under, bytes: () => [path, `${path}-wal`].map((name) => readFileSync(name, "latin1")).join("") };
}

describe("an installation", () => {
  test("is found again, replaced and removed, each home by itself", async () => {
    const { under } = aFile();
    const all = createInstallations(under(old));
    expect(await all.find("T1")).toBeUndefined();
    await all.save("T1", "one");
    await all.save("T2", "two");
    await all.save("T1", "anew");
    expect([await all.find("T1"), await all.find("T2")]).toEqual(["anew", "two"]);
    await all.remove("T1");
    await all.remove("T1");
    expect([await all.find("T1"), await all.find("T2")]).toEqual([undefined, "two"]);
  });

  test("stands nowhere in the file as it is", async () => {
    const { under, bytes } = aFile();
    await createInstallations(under(old)).save("T1", token);
    expect(bytes()).toContain("T1");
    expect(bytes()).not.toContain(token);
    expect(bytes()).not.toContain(Buffer.from(token).toString("base64url").slice(0, 20));
  });

  test("that was moved to another home does not open there", async () => {
    const { store, under } = aFile();
    const all = createInstallations(under(old));
    await all.save("T1", token);
    const found = await store.findInstallation(platform, "T1");
    await store.commit([
      { kind: "installation-saved", installation: { platform, workspace: "T2", encryptedToken: found?.encryptedToken ?? "" } },
    ]);
    await expect(all.find("T2")).rejects.toThrow();
  });
});

describe("keys", () => {
  test("can be changed: what the older one sealed is sealed anew, once, and then opens without it", async () => {
    const { under } = aFile();
    await createInstallations(under(old)).save("T1", "one");
    await createInstallations(under(young, old)).save("T2", "two");
    expect(await renewInstallations(under(young, old))).toEqual({ renewed: 1, lost: 0 });
    expect(await renewInstallations(under(young, old))).toEqual({ renewed: 0, lost: 0 });
    const all = createInstallations(under(young));
    expect([await all.find("T1"), await all.find("T2")]).toEqual(["one", "two"]);
  });

  test("are changed as far as a stop lets them, and the next start goes on", async () => {
    const { store, under } = aFile();
    const stop = new AbortController();
    const homes = Array.from({ length: 20 }, (_, place) => `T${place}`);
    for (const home of homes) await createInstallations(under(old)).save(home, home);
    setImmediate(() => stop.abort());
    const first = await renewInstallations(under(young, old), stop.signal);
    expect(first.renewed).toBeGreaterThan(0);
    expect(first.renewed).toBeLessThan(homes.length);
    expect(await renewInstallations(under(young, old))).toEqual({ renewed: homes.length - first.renewed, lost: 0 });
    const all = createInstallations({ ...under(young), store });
    expect(await Promise.all(homes.map((home) => all.find(home)))).toEqual(homes);
  });

  test("that are lost leave what they sealed as it is, and it is counted", async () => {
    const { under } = aFile();
    await createInstallations(under(old)).save("T1", "one");
    expect(await renewInstallations(under(young))).toEqual({ renewed: 0, lost: 1 });
    await expect(createInstallations(under(young)).find("T1")).rejects.toThrow("with which it was encrypted");
    expect(await createInstallations(under(old)).find("T1")).toBe("one");
  });
});

test("what is good once is good for the first who asks, also where two ask at once or in another process", async () => {
  const { under } = aFile();
  const [one, other] = [createInstallations(under(old)), createInstallations(under(young))];
  const asked = await Promise.all([one.consumeOnce("state a"), other.consumeOnce("state a"), one.consumeOnce("state b")]);
  expect(asked.filter(Boolean)).toHaveLength(2);
  expect(await other.consumeOnce("state b")).toBe(false);
});
