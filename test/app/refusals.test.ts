import { describe, expect, test } from "vitest";
import type { Change } from "#core/model/changes/index.ts";
import type { Store } from "#src/ports/store.ts";
import { createMemoryStore } from "../support/model-store/store.ts";
import { createTestCoach } from "../support/coach.ts";

/** A store that keeps a record of what was written to it. */
function createRecordingStore(): { readonly store: Store; readonly written: Change[] } {
  const inner = createMemoryStore();
  const written: Change[] = [];
  const store: Store = {
    ...inner,
    async commit(changes) {
      written.push(...changes);
      return await inner.commit(changes);
    },
  };
  return { store, written };
}

/** What is refused, and the words that the refusal must hold. */
const refused: readonly (readonly [text: string, said: string])[] = [
  ["/log strength", '"strength"'],
  ["/log 20", '"20"'],
  ["/log 0 strength", '"0"'],
  ["/log -5 run", '"-5"'],
  ["/log 1000 strength", '"1000"'],
  ["/log 20 strength tomorrow", "2026-11-26"],
  ["/log 20 strength 2020-01-01", "2020-01-01"],
  ["/log 20 strength, 0 walk", '"0"'],
  ["/log 20,5 strength", '"20,5"'],
  [`/log 20 strength ${"x".repeat(10_000)}`, "500 characters"],
  ["", "nothing to read"],
  ["\u200b\u200b", "nothing to read"],
  ["😀", '"😀"'],
  ["\u202e\u05d0\u05d1\u05d2\u202c", '"\u05d0\u05d1\u05d2"'],
  ["20 strength \u0000", "cannot read"],
  ["20 \udc00 strength", "cannot read"],
  ["/flurb 20 strength", '"/flurb"'],
];

describe("what cannot be understood", () => {
  test.each(refused)("%j is refused in one line that holds %j, with an example that works, and changes nothing", async (text, said) => {
    const { store, written } = createRecordingStore();
    const coach = createTestCoach({ store });
    await coach.hear("10 core");
    const before = written.length;
    const answer = await coach.hear(text);
    expect(answer.split("\n")).toHaveLength(1);
    expect(answer).toContain(said);
    expect(answer).toContain("Nothing is recorded.");
    expect(written).toHaveLength(before);
    const [, example = ""] = answer.split("This works: ");
    expect(await coach.hear(example)).not.toContain("This works: ");
  });

  test("is never quoted with what could move the line or the reader", async () => {
    const answer = await createTestCoach().hear(`20 strength \u202e${"very ".repeat(30)}long\u2066`);
    expect(answer).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    expect(answer).toContain("…");
  });
});
