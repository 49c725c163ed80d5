/** A bounded round-robin queue: keys take turns, so a busy key does not delay the others. */

/** The most waiting items, in total (`most`) and for one key (`each`). */
export type QueueLimits = { readonly most: number; readonly each: number };

/** A queue with one line for each key. */
export type RoundRobin<Item> = {
  /**
   * Appends `item` to the line of its key. Returns the dropped item, if any: `item` itself when its line is full, or when the queue is full
   * and no line is longer than its own; otherwise the last item of the longest line.
   */
  add(key: string, item: Item): Item | undefined;
  /** Takes the first item of the next key in turn; undefined when the queue is empty. */
  next(): Item | undefined;
  /** The number of waiting items. */
  size(): number;
};

/** An empty queue. */
export function createRoundRobin<Item>({ most, each }: QueueLimits): RoundRobin<Item> {
  // In the order of their turns. Empty lines are removed.
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
