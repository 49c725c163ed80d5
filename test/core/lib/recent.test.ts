import { expect, test } from "vitest";
import { createRecent } from "#core/lib/recent.ts";

test("the entry goes that was set longest ago", () => {
  const recent = createRecent<number>(2);
  recent.set("a", 1);
  recent.set("b", 2);
  recent.set("a", 3);
  recent.set("c", 4);
  expect(["a", "b", "c"].map((key) => recent.get(key))).toEqual([3, undefined, 4]);
});

test("reading an entry does not make it new", () => {
  const recent = createRecent<number>(2);
  recent.set("a", 1);
  recent.set("b", 2);
  recent.get("a");
  recent.set("c", 3);
  expect(recent.has("a")).toBe(false);
});

test("a deleted entry makes room", () => {
  const recent = createRecent<number>(2);
  recent.set("a", 1);
  recent.set("b", 2);
  recent.delete("b");
  recent.set("c", 3);
  expect(["a", "b", "c"].map((key) => recent.has(key))).toEqual([true, false, true]);
});
