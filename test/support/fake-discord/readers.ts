/** Which messages a test has been given for each person. */

/** Who was given what. */
export type Readers = {
  /** Gives it, which is true from then on. */
  give(personId: string, messageId: string): true;
  takeBack(personId: string, messageId: string): void;
  has(personId: string, messageId: string): boolean;
};

/** Nobody was given anything. */
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
