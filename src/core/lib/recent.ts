/** Bounded memory: the entries that were set last. */

/** Creates a map of at most `most` entries. An entry that is set again counts as new; the oldest ones are dropped. */
export function createRecent<Value>(most: number) {
  const values = new Map<string, Value>();
  return {
    get: (key: string): Value | undefined => values.get(key),
    has: (key: string): boolean => values.has(key),
    delete: (key: string): void => void values.delete(key),
    set(key: string, value: Value): void {
      values.delete(key);
      values.set(key, value);
      const [oldest] = values.keys();
      if (values.size > most && oldest !== undefined) values.delete(oldest);
    },
  };
}
