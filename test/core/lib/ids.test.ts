/** Brands are made by their functions alone, and of nothing that is empty. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as brands from "#core/lib/ids.ts";
import { filesIn } from "../../support/project.ts";

const makers = Object.entries(brands);

describe.each(makers)("%s", (_, make) => {
  test.each(["", " ", "\t\n", "\u00a0"])("makes nothing of %j", (text) => {
    expect(() => make(text)).toThrow(TypeError);
    expect(() => make("discord", text)).toThrow(TypeError);
    expect(() => make(text, "discord")).toThrow(TypeError);
  });

  test.each([undefined, null, 5, {}, [], ["a"]])("makes nothing of %j, whatever the types say", (value) => {
    expect(() => make(value as never)).toThrow(TypeError);
  });

  test("makes the same of the same text, and quotes nothing where it refuses", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).filter((text) => text.trim() !== ""),
        (text) => {
          expect(make(text)).toBe(text);
          expect(make(text, "a")).toBe(`${text} a`);
        },
      ),
    );
    expect(() => make("canary", "")).toThrow(/^(?!.*canary)/u);
  });
});

const names = makers.map(([name]) => name.replace(/Of$/u, "")).map((name) => name.charAt(0).toUpperCase() + name.slice(1));
const cast = new RegExp(`\\bas (?:${names.join("|")})\\b`, "u");

describe("the code", () => {
  test.each(["src", "adapters"].flatMap((folder) => filesIn(folder, ".ts")).filter(({ path }) => path !== "src/core/lib/ids.ts"))(
    "of $path casts nothing to a brand",
    ({ source }) => {
      expect(cast.exec(source.replaceAll(/import[^;]*;/gu, ""))?.[0]).toBeUndefined();
    },
  );

  test.each(["id as UserId", '"" as Address', "`${a}` as MessageId"])("is caught at %s", (source) => {
    expect(cast.test(source)).toBe(true);
  });
});
