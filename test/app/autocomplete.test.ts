import { describe, expect, test } from "vitest";
import type { PlatformName } from "#core/lib/ids.ts";
import type { AutocompleteRequest } from "#src/ports/adapter.ts";
import type { Store } from "#src/ports/store.ts";
import { createTestCoach } from "../support/coach.ts";
import { createMemoryStore } from "../support/model-store/store.ts";

const ann = { platform: "console" as PlatformName, id: "ann", name: "ann" };

function typing(words: string, others: AutocompleteRequest["others"] = {}): AutocompleteRequest {
  return { account: ann, command: "log", arg: "sessions", words, others };
}

/** A store that counts its commits, and breaks when it is told to. */
function watched(): { readonly store: Store; commits: number; isBroken: boolean } {
  const store = createMemoryStore();
  const seen = {
    commits: 0,
    isBroken: false,
    store: {
      ...store,
      async page(...args: Parameters<Store["page"]>) {
        if (seen.isBroken) throw new Error("20 strength, secretly");
        return await store.page(...args);
      },
      async commit(...args: Parameters<Store["commit"]>) {
        seen.commits += 1;
        return await store.commit(...args);
      },
    },
  };
  return seen;
}

describe("suggest", () => {
  test("meets a stranger as one, and keeps nothing of them", async () => {
    const seen = watched();
    const coach = createTestCoach({ store: seen.store });
    expect(await coach.suggest(typing("20 strength"))).toEqual([{ label: "20 min strength, today", words: "20 strength" }]);
    expect(await coach.suggest(typing(""))).toHaveLength(5);
    expect(seen.commits).toBe(0);
    expect(await coach.store.findUser(ann)).toBeUndefined();
    expect(await coach.hear("20 strength")).toContain("Europe/Berlin");
  });

  test("writes nothing for somebody known, opens no question and keeps people apart", async () => {
    const seen = watched();
    const coach = createTestCoach({ store: seen.store });
    await coach.hear("20 strength");
    await coach.hear("30 run", { name: "ben" });
    const before = seen.commits;
    for (const words of ["", "20 flurb", "300 hike", "0 run", "2"]) await coach.suggest(typing(words));
    expect(seen.commits).toBe(before);
    expect((await coach.suggest(typing("2")))[0]?.words).toBe("20 strength");
    expect((await coach.suggest(typing("30"))).map(({ words }) => words)).toEqual(["30"]);
  });

  test("follows the person's own day", async () => {
    const coach = createTestCoach();
    await coach.hear("/settings time zone Auckland");
    expect((await coach.suggest(typing("20 strength 2026-11-26")))[0]?.label).toBe("20 min strength, today");
  });

  test.each(["x".repeat(501), "20 \u0000 strength", "20 \ud800"])("gives nothing for what is not read: %j", async (words) => {
    const coach = createTestCoach();
    expect(await coach.suggest(typing(words))).toEqual([]);
    expect(await coach.suggest(typing("20 strength", { other: words }))).toEqual([]);
    expect(coach.logged).toEqual([]);
  });

  test("gives nothing when something breaks, and logs where and not what", async () => {
    const seen = watched();
    const coach = createTestCoach({ store: seen.store });
    seen.isBroken = true;
    expect(await coach.suggest(typing("20 strength"))).toEqual([]);
    expect(coach.logged.map(({ event }) => event)).toEqual(["autocomplete-failed"]);
    expect(JSON.stringify(coach.logged)).not.toContain("secretly");
  });
});
