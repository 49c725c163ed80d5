/** What ties the end of an installation to its beginning: ours, young, and used once. */

import { expect, test } from "vitest";
import { createStateStore } from "../../../adapters/slack/http/oauth-state.ts";

const options = { scopes: ["commands"] };
// oxlint-disable-next-line no-restricted-globals -- Bolt hands over a time of day of this kind.
const at = (time: string): Date => new Date(`2026-11-25T${time}Z`);

/** States under `secret`, over a memory of what was used. */
function states(secret = "a secret of its own", used = new Set<string>()) {
  const consumeOnce = async (id: string): Promise<boolean> => used.size < used.add(id).size;
  return createStateStore(secret, { consumeOnce }, options);
}

test("a state of ours is good within ten minutes, and gives what is installed", async () => {
  const store = states();
  const state = await store.generateStateParam(options, at("11:00:00"));
  expect(await store.verifyStateParam(at("11:10:00"), state)).toEqual(options);
});

test("no two are alike, and each fits into a cookie and an address as it stands", async () => {
  const all = await Promise.all(Array.from({ length: 100 }, () => states().generateStateParam(options, at("11:00:00"))));
  expect(new Set(all).size).toBe(100);
  for (const state of all) expect(state).toMatch(/^[\w.-]{60,120}$/u);
});

test("one that was used is refused, also after a restart", async () => {
  const used = new Set<string>();
  const state = await states(undefined, used).generateStateParam(options, at("11:00:00"));
  await states(undefined, used).verifyStateParam(at("11:01:00"), state);
  await expect(states(undefined, used).verifyStateParam(at("11:02:00"), state)).rejects.toThrow("used before");
});

test("one that is too old is refused, and is not used up by that", async () => {
  const used = new Set<string>();
  const state = await states(undefined, used).generateStateParam(options, at("11:00:00"));
  await expect(states(undefined, used).verifyStateParam(at("11:10:01"), state)).rejects.toThrow("older than ten minutes");
  expect(used.size).toBe(0);
});

test("one that was signed with another secret, or changed in any part, is refused", async () => {
  const state = await states("another secret of somebody").generateStateParam(options, at("11:00:00"));
  await expect(states().verifyStateParam(at("11:01:00"), state)).rejects.toThrow("one of ours");
  const own = await states().generateStateParam(options, at("11:00:00"));
  const [name = "", until = "", signature = ""] = own.split(".");
  const others = [
    "",
    "a",
    `${name}x.${until}.${signature}`,
    `${name}.${Number(until) + 1}.${signature}`,
    `${name}.${until}.`,
    `${name}.${until}`,
  ];
  for (const other of others) await expect(states().verifyStateParam(at("11:01:00"), other)).rejects.toThrow("one of ours");
});
