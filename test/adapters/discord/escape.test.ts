/** Words as Discord reads them, with a small reader of its markup. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Block, type Inline, link } from "#core/model/reply.ts";
import { clean } from "#core/lib/text.ts";
import { escape, inlineCode, lines } from "../../../adapters/discord/render/escape.ts";
import { renderReply } from "../../../adapters/discord/render/index.ts";
import { scaled } from "../../support/counts.ts";

describe("words are escaped", () => {
  test.each([
    ["20 min strength, 40–60 (start)!", "20 min strength, 40–60 (start)!"],
    ["Mon 30 Nov 08:00; why: none", "Mon 30 Nov 08:00; why: none"],
    ["*a* _b_ ~~c~~ ||d|| `e`", "\\*a\\* \\_b\\_ \\~\\~c\\~\\~ \\|\\|d\\|\\| \\`e\\`"],
    ["\\*", "\\\\\\*"],
    ["@everyone @here", "\\@everyone \\@here"],
    ["<@1> <@&2> <#3>", "\\<\\@1\\> \\<\\@&2\\> \\<\\#3\\>"],
    ["</log:1>", "\\</log:1\\>"],
    ["<:run:1> <t:1:R>", "\\<\\:run:1\\> \\<t\\:1:R\\>"],
    [":smile:", "\\:smile:"],
    ["[a](https://b.c)", "\\[a\\](https\\://b.c)"],
    ["discord.gg/abc", "discord\\.gg/abc"],
    ["WWW.b.c", "WWW\\.b.c"],
    ["# a", "\\# a"],
    ["-# a", "\\-\\# a"],
    ["  - a - b", "  \\- a - b"],
    ["+ a", "\\+ a"],
    [">>> a", "\\>\\>\\> a"],
    ["1. a 2. b", "1\\. a 2. b"],
    ["1.5 h", "1.5 h"],
    ["a\r\nb\u2028c", "a b c"],
    ["\u202ea\u200b\u2066b\u0000", "ab "],
    ["👩‍👩‍👧", "👩‍👩‍👧"],
    ["a\ud800", "a\ufffd"],
    ["\u1fef", "\\`"],
  ])("%j is %j", (words, escaped) => {
    expect(escape(words)).toBe(escaped);
  });
});

describe("code", () => {
  test.each([
    ["/log 20 strength", "`/log 20 strength`"],
    ["a*b_c <@1>", "`a*b_c <@1>`"],
    ["a`b", "``a`b``"],
    ["`a`", "`` `a` ``"],
    ["a``b", "a\\`\\`b"],
    ["a\nb", "`a b`"],
    ["", ""],
    [" ", " "],
  ])("of %j is %j", (words, code) => {
    expect(inlineCode(words)).toBe(code);
  });
});

describe("a line", () => {
  const bold = (words: string): Inline => ({ bold: words });
  const code = (words: string): Inline => ({ code: words });

  test.each<readonly [string, number, readonly Inline[], readonly string[]]>([
    ["of nothing is none", 10, ["", bold(""), " "], []],
    ["joins bold words that touch", 10, [bold("a"), "", bold("b*")], ["**ab\\***"]],
    ["joins code that touches", 10, [code("a"), code("b")], ["`ab`"]],
    ["lets no link come about between its parts", 50, ["https:", bold(""), "//a.b"], ["https\\://a.b"]],
    ["is broken between words", 10, ["one two ", bold("three four")], ["one two ", "**three **", "**four**"]],
    ["is broken inside of a long word", 50, ["a".repeat(70)], ["a".repeat(50), "a".repeat(20)]],
    ["is broken between characters as people count them", 50, ["👩‍👩‍👧".repeat(9)], ["👩‍👩‍👧".repeat(6), "👩‍👩‍👧".repeat(3)]],
    ["begins no list where it is broken", 10, ["12345678 - a"], ["12345678 ", "\\- a"]],
  ])("%s", (_, most, parts, expected) => {
    expect(lines(parts, most)).toEqual(expected);
  });
});

/** What Discord shows of `content`, and the same with a zero wherever something was escaped, bold or code. */
function read(content: string): { readonly shown: string; readonly bare: string } {
  let [shown, bare] = ["", ""];
  for (const [, escaped, mark, , code, other] of content.matchAll(/\\([^0-9A-Za-z\s])|(\*\*)|(`+)([^]*?[^`])\3(?!`)|([^])/gu)) {
    if (mark === undefined) shown += escaped ?? code?.replaceAll(/^ (?=`)|(?<=`) $/gu, "") ?? other ?? "";
    bare += other ?? "\0";
  }
  return { shown, bare };
}

/** What would be more than words. */
const active = [/[\\`*_~|<>[\]@#]/u, /:\/\//u, /www\./iu, /discord\.gg\//iu, /:\w+:/u, /^\s*(?:[-+>#]|\d+\.\s)/mu, /[^\P{Cf}\u200d]/u];

function expectHarmless(content: string): string {
  const { shown, bare } = read(content);
  for (const pattern of active) expect(bare).not.toMatch(pattern);
  expect(bare).not.toMatch(/[^\P{Cc}\n\0]/u);
  return shown;
}

/** What is seen of typed words. */
function seen(words: string): string {
  return clean(words.toWellFormed()).replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
}

const signs = "\\ ` `` ``` * ** _ __ ~~ | || < > >>> [ ] ( ) # -# - + 1. @ : :// / . www. http https discord.gg/ @everyone @here";
const whole = "<@1> <@&1> <#1> </log:1> <:run:1> <a:run:1> <t:1:R> :smile: [a](https://b.c)";
const bits = fc.constantFrom(...`${signs} ${whole}`.split(" "), "\n", " ", "a", "\u202e");
const typed = fc.oneof(
  { weight: 3, arbitrary: fc.array(bits, { maxLength: 12 }).map((parts) => parts.join("")) },
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 60 }),
);

describe("a link", () => {
  const momma = link("Momma 2022", "https://doi.org/10.1016/S0140-6736(18)3");

  test("leads to its address, whatever parentheses that has, under words that are only words", () => {
    expect(lines(["See ", momma, "."], 200)).toEqual(["See [Momma 2022](<https://doi.org/10.1016/S0140-6736(18)3>)."]);
    expect(lines([link("*a*](x)", "https://b.c/")], 200)).toEqual(["[\\*a\\*\\](x)](<https://b.c/>)"]);
  });

  test("is not joined with the next one, and not broken", () => {
    const two = lines([momma, link("Lee 2022", "https://b.c/")], 200);
    expect(two).toEqual(["[Momma 2022](<https://doi.org/10.1016/S0140-6736(18)3>)[Lee 2022](<https://b.c/>)"]);
    expect(lines(["many words before it, ", momma, ", and after"], 70)).toEqual([
      "many words before it, ",
      "[Momma 2022](<https://doi.org/10.1016/S0140-6736(18)3>), and after",
    ]);
  });
});

describe("whatever is typed", () => {
  test("is shown as it is, and is nothing but words", () => {
    fc.assert(
      fc.property(typed, (words) => {
        expect(expectHarmless(escape(words))).toBe(seen(words));
      }),
      { numRuns: scaled(3000) },
    );
  });

  test("is nothing but words in any block, beside any other", () => {
    const part: fc.Arbitrary<Inline> = fc.oneof(
      typed,
      typed.map((words) => ({ bold: words })),
      typed.map((words) => ({ code: words })),
    );
    const block: fc.Arbitrary<Block> = fc.oneof(
      fc.array(part, { maxLength: 5 }).map((text) => ({ kind: "text" as const, text })),
      fc.array(fc.record({ label: typed, value: typed }), { maxLength: 3 }).map((facts) => ({ kind: "facts" as const, facts })),
    );
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 4 }), (blocks) => {
        for (const { body } of renderReply({ blocks })) expectHarmless(body.content ?? "");
      }),
      { numRuns: scaled(3000) },
    );
  });

  test("is shown whole, however long it is", () => {
    const long = fc.array(typed, { minLength: 40, maxLength: 90 }).map((parts) => parts.join(" "));
    fc.assert(
      fc.property(long, fc.boolean(), (words, isBold) => {
        const drawn = renderReply({ blocks: [{ kind: "text", text: isBold ? [{ bold: words }] : [words] }] });
        const contents = drawn.map(({ body }) => body.content ?? "");
        for (const content of contents) expect(content.length).toBeLessThanOrEqual(2000);
        const all = contents.map(expectHarmless).join("");
        expect(all.replaceAll(/\s/gu, "")).toBe(seen(words).replaceAll(/\s/gu, ""));
      }),
      { numRuns: 100 },
    );
  });
});
