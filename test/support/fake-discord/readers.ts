/** Records which messages a test has already read, by person. */

/** Messages read, by person. */
export type Readers = {
  /** Marks a message as read. Returns true. */
  give(personId: string, messageId: string): true;
  takeBack(personId: string, messageId: string): void;
  has(personId: string, messageId: string): boolean;
};

/** Creates an empty record. */
export function createReaders(): Readers {
  const given = new Set<string>();
  const key = (personId: string, messageId: string): string => `${personId} ${messageId}`;
  return {
    give(personId, messageId) {
      given.add(key(personId, messageId));
      return true;
    },
    takeBack: (personId, messageId) => void given.delete(key(personId, messageId)),
    has: (personId, messageId) => given.has(key(personId, messageId)),
  };
}
