/** A bounded queue that takes turns between keys: whoever puts in much waits behind themselves, and others between. */

/** The most items that wait at once, in all and of one key. */
export type QueueLimits = { readonly most: number; readonly each: number };

/** A queue with a line for each key. */
export type RoundRobin<Item> = {
  /**
   * Puts `item` behind the others of its key. Gives what was dropped for it, if anything: `item` itself where its line is full, or where all
   * is full and no line is longer than its own; or else the last one of the longest line.
   */
  add(key: string, item: Item): Item | undefined;
  /** Takes the first item of the key whose turn it is; undefined where nothing waits. */
  next(): Item | undefined;
  /** How many items wait. */
  size(): number;
};

/** An empty queue. */
export function createRoundRobin<Item>({ most, each }: QueueLimits): RoundRobin<Item> {
  // In the order of their turns. A line that is empty is forgotten.
  const lines = new Map<string, Item[]>();
  let size = 0;
  const makeRoom = (length: number): { readonly dropped: Item | undefined } | undefined => {
    const [longest] = [...lines].toSorted(([, one], [, other]) => other.length - one.length);
    if (!longest || longest[1].length <= length + 1) return undefined;
    size -= 1;
    return { dropped: longest[1].pop() };
  };
  return {
    add(key, item) {
      const line = lines.get(key) ?? [];
      if (line.length >= each) return item;
      const room = size < most ? { dropped: undefined } : makeRoom(line.length);
      if (!room) return item;
      line.push(item);
      lines.set(key, line);
      size += 1;
      return room.dropped;
    },
    next() {
      const [first] = lines;
      if (!first) return undefined;
      const [key, line] = first;
      const item = line.shift();
      lines.delete(key);
      if (line.length > 0) lines.set(key, line);
      size -= 1;
      return item;
    },
    size: () => size,
  };
}
