import { describe, expect, test } from "vitest";
import type { Address, PlatformName } from "#core/lib/ids.ts";
import { plainText } from "#core/model/reply.ts";
import type { AccountKey } from "#core/model/user.ts";
import { type AdmissionLimits, createGate, usualLimits } from "#src/app/admission.ts";
import type { Surface } from "#src/ports/adapter.ts";
import type { Admission } from "#src/ports/gate.ts";

const platform = "discord" as PlatformName;
const eve: AccountKey = { platform, id: "eve" };
const crew: Surface = { platform, address: "channel crew" as Address, reach: "shared" };
const told = /^That's more than I can take in at once\./u;

/** A gate whose clock is turned by hand, and what it says to each of several things that one account says. */
function aGate(limits?: Partial<AdmissionLimits>) {
  let now = 0;
  const gate = createGate({ monotonic: () => now, ...(limits ? { limits } : {}) });
  return {
    ...gate,
    turn: (seconds: number) => void (now += seconds * 1000),
    hear: (text: string, surface?: Surface, account = eve) => shown(gate.admit({ account, text, ...(surface ? { surface } : {}) })),
    /** Says the same until nothing more is taken in, and that was said. */
    flood(account = eve, text = "/week") {
      while (gate.admit({ account, text }).kind !== "dropped");
    },
  };
}

function shown(admission: Admission): string {
  return admission.kind === "answered" ? plainText(admission.reply) : admission.kind;
}

describe("what one person says", () => {
  test("is let in as fast as hands can type, paste and press", () => {
    const { hear, turn } = aGate();
    const pasted = Array.from({ length: 10 }, () => hear("20 strength"));
    const doubleClicked = Array.from({ length: 60 }, () => {
      turn(2);
      return [hear("/week"), hear("/week")];
    });
    expect(new Set([...pasted, ...doubleClicked.flat()])).toEqual(new Set(["admitted"]));
  });

  test("is answered with one line when it is too much, then with nothing, and is heard again after a while", () => {
    const { hear, turn } = aGate();
    const answers = Array.from({ length: 2000 }, () => hear("/week"));
    expect(answers.slice(0, 30)).toEqual(Array(30).fill("admitted"));
    expect(answers[30]).toMatch(told);
    expect(new Set(answers.slice(31))).toEqual(new Set(["dropped"]));
    turn(1);
    expect([hear("/week"), hear("/week")]).toEqual(["admitted", "dropped"]);
    turn(30);
    expect(Array.from({ length: 30 }, () => hear("/week"))).toEqual(Array(30).fill("admitted"));
    expect(hear("/week")).toMatch(told);
  });

  test("holds up nobody else, on any platform", () => {
    const { hear, flood } = aGate();
    flood();
    expect(hear("/week", undefined, { platform, id: "bo" })).toBe("admitted");
    expect(hear("/week", undefined, { platform: "slack" as PlatformName, id: "eve" })).toBe("admitted");
  });
});

describe("in a flood", () => {
  test.each(["stop", "Stop.", "/stop", "please stop", "leave me alone", "unsubscribe", "/pause 2w"])("%s is heard", (text) => {
    const { hear, flood } = aGate();
    flood();
    expect(hear(text)).toBe("admitted");
    expect(hear("/week")).toBe("dropped");
  });

  test("of stops, some are heard, so that it is no way around the limit", () => {
    const { hear, flood } = aGate();
    flood();
    const stops = Array.from({ length: 1000 }, () => hear("stop"));
    expect(stops.filter((answer) => answer === "admitted")).toHaveLength(usualLimits.stop.burst);
  });

  test.each([
    ["20 strength, and my chest hurts", "emergency number"],
    ["i want to kill myself", "Please do not stay alone with this."],
    ["/log 20 strength chest pain", "emergency number"],
    ["stop, my chest hurts", "emergency number"],
  ])("%s is answered with its fixed words, and says that nothing is recorded", (text, words) => {
    const { hear, flood } = aGate();
    flood();
    const answer = hear(text);
    expect(answer).toContain(words);
    expect(answer).toContain("Nothing is recorded.");
  });

  test("the fifty thousandth message is still read for a warning sign", () => {
    const { hear, turn } = aGate();
    for (let index = 0; index < 50_000; index += 1) {
      turn(0.0002);
      hear("20 strength");
    }
    expect(hear("my chest hurts")).toContain("emergency number");
  });

  test("the same warning sign is answered a few times, and another one is answered beside it", () => {
    const { hear, flood } = aGate();
    flood();
    const same = Array.from({ length: 1000 }, () => hear("my chest hurts"));
    expect(same.filter((answer) => answer !== "dropped")).toHaveLength(usualLimits.warning.burst);
    expect(hear("i want to kill myself")).toContain("Please do not stay alone with this.");
  });

  test("of very long messages, reading ends before it slows anybody down, and what is short is read all the same", () => {
    const { hear, flood } = aGate();
    flood();
    const long = "kettlebells and more ".repeat(450);
    for (let index = 0; index < 100; index += 1) hear(`${index} ${long}`);
    expect(hear(`${long} chest pain`)).toBe("dropped");
    expect(hear(`${"kettlebells and more ".repeat(8)} chest pain`)).toContain("emergency number");
    expect(hear("stop")).toBe("admitted");
  });
});

describe("a place", () => {
  const person = (index: number): AccountKey => ({ platform, id: `person ${index}` });
  const everybody = (count: number) => Array.from({ length: count }, (_, index) => person(index));

  test("lets fifty people in it press and type at the same moment", () => {
    const { hear } = aGate();
    const answers = everybody(50).flatMap((one) => Array.from({ length: 10 }, () => hear("/group cheer", crew, one)));
    expect(new Set(answers)).toEqual(new Set(["admitted"]));
  });

  test("that one person floods has room for the others", () => {
    const { hear } = aGate({ place: { burst: 40, perSecond: 1 } });
    for (let index = 0; index < 2000; index += 1) hear("/week", crew);
    expect(everybody(10).map((one) => hear("/week", crew, one))).toEqual(Array(10).fill("admitted"));
  });

  test("that is flooded by many accounts takes no more than its share; each is told once, and heard elsewhere", () => {
    const { hear } = aGate({ place: { burst: 40, perSecond: 1 } });
    const answers = everybody(100).map((one) => [hear("/week", crew, one), hear("/week", crew, one), hear("/week", crew, one)]);
    expect(answers.flat().filter((answer) => answer === "admitted")).toHaveLength(40);
    expect(answers.at(-1)).toEqual([expect.stringMatching(told), "dropped", "dropped"]);
    expect(hear("/week", { platform, address: "person 99" as Address, reach: "direct" }, person(99))).toBe("admitted");
  });
});

describe("words that are completed", () => {
  test("are offered at every letter that somebody types, and not for ever", () => {
    const { glance, turn, hear } = aGate();
    const typed = Array.from({ length: 300 }, () => {
      turn(0.15);
      return glance(eve);
    });
    expect(typed.slice(0, 150)).toEqual(Array(150).fill(true));
    const flood = Array.from({ length: 1000 }, () => glance(eve));
    expect(flood.filter(Boolean).length).toBeLessThanOrEqual(usualLimits.glance.burst);
    expect(hear("/log 20 strength")).toBe("admitted");
  });
});
