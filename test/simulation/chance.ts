/** Chance that comes out the same again: all of it follows from a text. */

/** Draws, one after the other. */
export type Chance = {
  /** From 0 up to, and without, 1. */
  next(): number;
  /** A whole number from `low` to `high`, both in. */
  between(low: number, high: number): number;
  /** True as often as `part` of all draws. */
  is(part: number): boolean;
  /** One of `items`, each as often. */
  pick<Item>(items: readonly Item[]): Item;
};

/** Draws that are the same for the same `seed`, and have nothing to do with those of another. */
export function createChance(seed: string): Chance {
  let count = 0;
  const next = (): number => fractionOf(`${seed} ${(count += 1)}`);
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between,
    is: (part) => next() < part,
    pick<Item>(items: readonly Item[]): Item {
      if (items.length === 0) throw new Error("Pick one of none: there must be some");
      return items[between(0, items.length - 1)] as Item;
    },
  };
}

/** A number from 0 up to, and without, 1 that is always the same for `text`, and another one for a text that differs by a letter. */
export function fractionOf(text: string): number {
  let hash = 0x9e3779b9;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x85ebca6b) ^ (hash >>> 13);
  hash = Math.imul(hash ^ (hash >>> 16), 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x27d4eb2f);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
