/** Secrets: whoever has only the database reads nothing, and moves nothing elsewhere. */

import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createTokenCipher, keyLength } from "#src/runtime/token-cipher.ts";

const aKey = (): Uint8Array => new Uint8Array(randomBytes(keyLength));

describe("a token cipher", () => {
  test("opens what it closed, whatever that is", () => {
    const cipher = createTokenCipher([aKey()]);
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (secret, about) => {
        expect(cipher.decrypt(cipher.encrypt(secret, about), about)).toBe(secret);
      }),
    );
  });

  test("shows nothing of a secret, and never closes it alike twice", () => {
    const cipher = createTokenCipher([aKey()]);
    const [one, other] = [cipher.encrypt("xoxb-secret", "slack T1"), cipher.encrypt("xoxb-secret", "slack T1")];
    expect(one).not.toBe(other);
    expect(`${one}${Buffer.from(one.split(".")[1] ?? "", "base64url").toString("latin1")}`).not.toContain("xoxb");
  });

  test("opens for nothing else than it was closed for", () => {
    const cipher = createTokenCipher([aKey()]);
    const sealed = cipher.encrypt("xoxb-secret", "slack T1");
    expect(() => cipher.decrypt(sealed, "slack T2")).toThrow();
    expect(() => cipher.decrypt(sealed, "discord T1")).toThrow();
  });

  test("opens nothing in which a single bit was turned", () => {
    const cipher = createTokenCipher([aKey()]);
    const [name = "", text = ""] = cipher.encrypt("xoxb-secret", "T1").split(".");
    const bytes = Buffer.from(text, "base64url");
    for (const index of bytes.keys()) {
      const turned = Buffer.from(bytes);
      turned.writeUInt8(bytes.readUInt8(index) ^ 1, index);
      expect(() => cipher.decrypt(`${name}.${turned.toString("base64url")}`, "T1")).toThrow();
    }
  });

  test.each(["", ".", "x", "x.y", `${"a".repeat(8)}.`])("opens nothing that it never closed: %j", (sealed) => {
    expect(() => createTokenCipher([aKey()]).decrypt(sealed, "T1")).toThrow(/^Decrypt a token/u);
  });

  test("opens nothing with half of its tag", () => {
    const cipher = createTokenCipher([aKey()]);
    const [name = "", text = ""] = cipher.encrypt("", "T1").split(".");
    expect(() => cipher.decrypt(`${name}.${Buffer.from(text, "base64url").subarray(0, -8).toString("base64url")}`, "T1")).toThrow();
  });

  test("of many keys seals with the first, and opens with each", () => {
    const [old, young] = [aKey(), aKey()];
    const before = createTokenCipher([old]).encrypt("secret", "T1");
    const cipher = createTokenCipher([young, old]);
    expect(cipher.decrypt(before, "T1")).toBe("secret");
    expect(cipher.usesNewestKey(before)).toBe(false);
    const after = cipher.encrypt("secret", "T1");
    expect(cipher.usesNewestKey(after)).toBe(true);
    expect(createTokenCipher([young]).decrypt(after, "T1")).toBe("secret");
    expect(() => createTokenCipher([young]).decrypt(before, "T1")).toThrow("with which it was encrypted");
  });

  test("wants a key", () => {
    expect(() => createTokenCipher([])).toThrow("Create a token cipher");
  });
});
