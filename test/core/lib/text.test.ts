import { clean, fold, foldWord, isIllFormed, maxTextLength, quotable } from "#core/lib/text.ts";
import { describe, expect, test } from "vitest";

describe("fold", () => {
  test.each([
    ["20", "20"],
    ["２０", "20"],
    ["٢٠", "20"],
    ["۲۰", "20"],
    ["२०", "20"],
    ["২০", "20"],
    ["๒๐", "20"],
    ["\u{1d7d0}\u{1d7ce}", "20"],
    ["\u{1d7da}\u{1d7d8}", "20"],
    ["\u{1d7ee}\u{1d7ec}", "20"],
    ["\u{1d7f8}\u{1d7f6}", "20"],
    ["\u{1d7ff}", "9"],
    ["\u{1fbf2}\u{1fbf0}", "20"],
    ["\u{11066}\u{1106f}", "09"],
    ["②⓪", "20"],
  ])("fold makes digits of %j: %j", (text, wanted) => {
    expect(fold(text)).toBe(wanted);
  });

  test.each([
    ["20\u00a0min", "20 min"],
    ["20\u202fmin", "20 min"],
    ["20\u2009min", "20 min"],
    ["20\u3000min", "20 min"],
    ["1–2", "1-2"],
    ["1—2", "1-2"],
    ["−5", "-5"],
    ["push‑ups", "push-ups"],
    ["push‐ups", "push-ups"],
    ["－5", "-5"],
    ["90’", "90'"],
    ["90‘", "90'"],
    ["90ʼ", "90'"],
    ["90`", "90'"],
    ["90＇", "90'"],
    ["½", ".5"],
    ["1½h", "1.5h"],
    ["1¼h", "1.25h"],
    ["¾ h", ".75 h"],
    ["STRENGTH", "strength"],
    ["ＳＴＲＥＮＧＴＨ", "strength"],
    ["ﬁt", "fit"],
    ["Ä", "ä"],
    ["A\u0308", "ä"],
    ["stre\u200bngth", "strength"],
    ["\ufeff20", "20"],
    ["\u202e20\u202c", "20"],
    ["soft\u00adhyphen", "softhyphen"],
  ])("fold makes one kind of mark of %j: %j", (text, wanted) => {
    expect(fold(text)).toBe(wanted);
  });

  test.each([
    ["90´", "90'"],
    ["90′", "90'"],
  ])("fold takes %j for minutes as well: %j", (text, wanted) => {
    expect(fold(text)).toBe(wanted);
  });

  test.each(["\u0009", "\u000a", "\u1680", "\u2000", "\u200a", "\u2028", "\u2029", "\u205f", "\u3000"])(
    "fold leaves %j a space that splits words",
    (space) => {
      expect(fold(`20${space}min`).split(/\s+/)).toEqual(["20", "min"]);
    },
  );
});

describe("clean", () => {
  test.each([
    ["20 \u202estrength\u202c", "20 strength"],
    ["\u2066a\u2069\u200e\u200f\u061c", "a"],
    ["a\u200bb\u2060c\ufeffd\u00ade", "abcde"],
    ["\ufeff/log 20", "/log 20"],
    ["e\u0301", "é"],
    ["a\u200cb", "ab"],
    ["👩\u200d🚀", "👩\u200d🚀"],
    ["❤\ufe0f", "❤\ufe0f"],
    ["Ä ½ ２０", "Ä ½ ２０"],
    ["a\tb\nc", "a\tb\nc"],
    ["", ""],
  ])("clean makes of %j %j", (text, wanted) => {
    expect(clean(text)).toBe(wanted);
  });
});

describe("isIllFormed", () => {
  test.each(["", "20 strength", "a\tb\nc\r\n", "👍", "\u{1d7d0}", "\u202e", "\ufeff", "\ufffd", "é ½"])(
    "isIllFormed lets %j pass",
    (text) => {
      expect(isIllFormed(text)).toBe(false);
    },
  );

  test.each(["\ud83d", "a\udc4d", "\udc4d\ud83d", "\u0000", "a\u001b[31m", "\u0007", "\u0008", "\u000b", "\u007f", "\u0085", "\u009b"])(
    "isIllFormed stops %j",
    (text) => {
      expect(isIllFormed(text)).toBe(true);
    },
  );
});

describe("foldWord", () => {
  test.each([
    ["Push-Ups", "pushups"],
    ["push ups", "pushups"],
    ["push‑ups", "pushups"],
    ["PUSH–UPS!", "pushups"],
    ["crêpe", "crepe"],
    ["Übung", "ubung"],
    ["İSTANBUL", "istanbul"],
    ["t'ai chi", "taichi"],
    ["ball & chain", "ball&chain"],
    ["7 Minute Workout", "7minuteworkout"],
    ["12-3-30", "12330"],
    ["силовая", "силовая"],
    ["筋トレ", "筋トレ"],
    ["💪", ""],
    [" ", ""],
  ])("foldWord makes of %j %j", (word, wanted) => {
    expect(foldWord(word)).toBe(wanted);
  });
});

describe("quotable", () => {
  test.each([
    ["20 strength", "20 strength"],
    ["  a \t b\n\nc  ", "a b c"],
    ["a\u0000b\u001b[31mc", "a b [31mc"],
    ["a\u2028b\u0085c", "a b c"],
    ["\u202egnp.exe", "gnp.exe"],
    ["a\ud83db", "a\ufffdb"],
    ["x".repeat(40), "x".repeat(40)],
    ["x".repeat(41), `${"x".repeat(40)}…`],
    ["👩\u200d🚀".repeat(41), `${"👩\u200d🚀".repeat(40)}…`],
    ["🇳🇿".repeat(41), `${"🇳🇿".repeat(40)}…`],
    ["e\u0301\u0323".repeat(41), `${"\u1eb9\u0301".repeat(40)}…`],
    ["", ""],
    ["\u200b", ""],
  ])("quotable makes of %j %j", (text, wanted) => {
    expect(quotable(text)).toBe(wanted);
  });

  test.each([
    [0, "…"],
    [1, "a…"],
    [3, "abc"],
  ])("quotable cuts after %i characters", (most, wanted) => {
    expect(quotable("abc", most)).toBe(wanted);
  });

  test("longestText lets a long message pass", () => {
    expect(maxTextLength).toBeGreaterThanOrEqual(400);
  });
});
