import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRoundRobin } from "#core/lib/round-robin.ts";

/** Something that is put in: whose it is, and its number. */
type Entry = { readonly key: string; readonly number: number };

const keys = fc.array(fc.constantFrom("eve", "bo", "cy", "dan", "flo"), { maxLength: 120 });
const limits = fc.record({ most: fc.integer({ min: 1, max: 30 }), each: fc.integer({ min: 1, max: 12 }) });

/** All that is in the queue, in its order. */
function drained<Item>({ next }: { next(): Item | undefined }): readonly Item[] {
  const items: Item[] = [];
  for (let item = next(); item !== undefined; item = next()) items.push(item);
  return items;
}

describe("a queue that takes turns", () => {
  test("comes to each key once before it comes to any of them again", () => {
    const queue = createRoundRobin<string>({ most: 100, each: 100 });
    for (const [key, item] of [
      ["eve", "e1"],
      ["eve", "e2"],
      ["eve", "e3"],
      ["bo", "b1"],
      ["cy", "c1"],
      ["bo", "b2"],
    ] as const)
      queue.add(key, item);
    expect(drained(queue)).toEqual(["e1", "b1", "c1", "e2", "b2", "e3"]);
  });

  test("lets whoever comes wait behind one item of each other key at most", () => {
    fc.assert(
      fc.property(keys, (before) => {
        const queue = createRoundRobin<string>({ most: 1000, each: 1000 });
        for (const key of before) queue.add(key, key);
        queue.add("new", "new");
        const waited = drained(queue).indexOf("new");
        expect(waited).toBe(new Set(before).size);
      }),
    );
  });

  test("loses nothing that it does not give back, keeps the order of each key, and holds no more than it may", () => {
    fc.assert(
      fc.property(
        limits,
        fc.array(fc.option(fc.constantFrom("eve", "bo", "cy", "dan"), { nil: undefined }), { maxLength: 200 }),
        (of, steps) => {
          const queue = createRoundRobin<Entry>(of);
          const [added, gone]: [Entry[], Entry[]] = [[], []];
          const out: Entry[] = [];
          for (const [number, key] of steps.entries()) {
            const given = key === undefined ? queue.next() : queue.add(key, { key, number });
            if (key !== undefined) added.push({ key, number });
            if (given) (key === undefined ? out : gone).push(given);
            expect(queue.size()).toBe(added.length - gone.length - out.length);
            expect(queue.size()).toBeLessThanOrEqual(of.most);
          }
          const rest = drained(queue);
          expect(queue.size()).toBe(0);
          const byNumber = (one: Entry, other: Entry): number => one.number - other.number;
          expect([...out, ...rest, ...gone].toSorted(byNumber)).toEqual(added);
          for (const line of Map.groupBy([...out, ...rest], ({ key }) => key).values()) expect(line).toEqual(line.toSorted(byNumber));
        },
      ),
    );
  });

  test("that is full makes room for others at the cost of the longest line, and of nobody where all are alike", () => {
    const queue = createRoundRobin<string>({ most: 4, each: 3 });
    expect([queue.add("eve", "e1"), queue.add("eve", "e2"), queue.add("eve", "e3")]).toEqual([undefined, undefined, undefined]);
    expect(queue.add("eve", "e4")).toBe("e4");
    expect(queue.add("bo", "b1")).toBeUndefined();
    expect(queue.add("cy", "c1")).toBe("e3");
    expect(queue.add("dan", "d1")).toBe("e2");
    expect(queue.add("flo", "f1")).toBe("f1");
    expect(queue.add("bo", "b2")).toBe("b2");
    expect(drained(queue)).toEqual(["e1", "b1", "c1", "d1"]);
  });
});
