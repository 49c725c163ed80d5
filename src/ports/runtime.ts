/** Ports of the runtime: clock, log, codes and encryption. */

/** The time of day, in one place, so that it can be turned by hand. */
export interface Clock {
  now(): Temporal.Instant;
}

/** What a log line may hold: never the text of a message, a name or a token. */
export type LogFields = Readonly<Record<string, string | number | boolean>>;

/** Lines for whoever runs the coach. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** How much is written; each level holds those after it. */
export const logLevels = ["info", "warn", "error", "off"] as const;

/** One of them. */
export type LogLevel = (typeof logLevels)[number];

/** Codes by which somebody links another account. */
export interface LinkCodeGenerator {
  /** A new one: what is typed, and what is kept of it. */
  fresh(): { readonly words: string; readonly hash: string };
  /** What is kept of a code that somebody typed. */
  hashOf(words: string): string;
}

/** Encrypts and decrypts bot tokens. */
export type TokenCipher = {
  /** `secret` under the newest key. It decrypts with the same `aad` alone. */
  encrypt(secret: string, aad: string): string;
  /** What was encrypted. Throws where no key decrypts it, and where `aad` is another one. */
  decrypt(encrypted: string, aad: string): string;
  /** Whether it was encrypted under the newest key. */
  usesNewestKey(encrypted: string): boolean;
};
