/** Secrets: whoever has only the database reads nothing, and moves nothing elsewhere. */

import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createSeal, keyLength } from "#src/runtime/token-cipher.ts";

const aKey = (): Uint8Array => new Uint8Array(randomBytes(keyLength));

describe("a seal", () => {
  test("opens what it closed, whatever that is", () => {
    const seal = createSeal([aKey()]);
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (secret, about) => {
        expect(seal.open(seal.close(secret, about), about)).toBe(secret);
      }),
    );
  });

  test("shows nothing of a secret, and never closes it alike twice", () => {
    const seal = createSeal([aKey()]);
    const [one, other] = [seal.close("xoxb-secret", "slack T1"), seal.close("xoxb-secret", "slack T1")];
    expect(one).not.toBe(other);
    expect(`${one}${Buffer.from(one.split(".")[1] ?? "", "base64url").toString("latin1")}`).not.toContain("xoxb");
  });

  test("opens for nothing else than it was closed for", () => {
    const seal = createSeal([aKey()]);
    const sealed = seal.close("xoxb-secret", "slack T1");
    expect(() => seal.open(sealed, "slack T2")).toThrow();
    expect(() => seal.open(sealed, "discord T1")).toThrow();
  });

  test("opens nothing in which a single bit was turned", () => {
    const seal = createSeal([aKey()]);
    const [name = "", text = ""] = seal.close("xoxb-secret", "T1").split(".");
    const bytes = Buffer.from(text, "base64url");
    for (const index of bytes.keys()) {
      const turned = Buffer.from(bytes);
      turned.writeUInt8(bytes.readUInt8(index) ^ 1, index);
      expect(() => seal.open(`${name}.${turned.toString("base64url")}`, "T1")).toThrow();
    }
  });

  test.each(["", ".", "x", "x.y", `${"a".repeat(8)}.`])("opens nothing that it never closed: %j", (sealed) => {
    expect(() => createSeal([aKey()]).open(sealed, "T1")).toThrow(/^Open what is sealed/u);
  });

  test("opens nothing with half of its tag", () => {
    const seal = createSeal([aKey()]);
    const [name = "", text = ""] = seal.close("", "T1").split(".");
    expect(() => seal.open(`${name}.${Buffer.from(text, "base64url").subarray(0, -8).toString("base64url")}`, "T1")).toThrow();
  });

  test("of many keys seals with the first, and opens with each", () => {
    const [old, young] = [aKey(), aKey()];
    const before = createSeal([old]).close("secret", "T1");
    const seal = createSeal([young, old]);
    expect(seal.open(before, "T1")).toBe("secret");
    expect(seal.isNewest(before)).toBe(false);
    const after = seal.close("secret", "T1");
    expect(seal.isNewest(after)).toBe(true);
    expect(createSeal([young]).open(after, "T1")).toBe("secret");
    expect(() => createSeal([young]).open(before, "T1")).toThrow("with which it was sealed");
  });

  test("wants a key", () => {
    expect(() => createSeal([])).toThrow("Make a seal");
  });
});
