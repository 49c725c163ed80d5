/** Ports of the runtime: clock, log, codes and encryption. */

/** The clock. Injected, so that tests and the console can move the time. */
export interface Clock {
  now(): Temporal.Instant;
}

/** What a log line may hold: never the text of a message, a name or a token. */
export type LogFields = Readonly<Record<string, string | number | boolean>>;

/** The operator's log. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** Log levels; each includes those after it. */
export const logLevels = ["info", "warn", "error", "off"] as const;

/** One log level. */
export type LogLevel = (typeof logLevels)[number];

/** Generates the codes with which a user links another account. */
export interface LinkCodeGenerator {
  /** A new code as the user types it, and the hash that is stored. */
  fresh(): { readonly words: string; readonly hash: string };
  /** The hash of a typed code. */
  hashOf(words: string): string;
}

/** Encrypts and decrypts bot tokens. */
export type TokenCipher = {
  /** Encrypts `secret` with the newest key. Decryption needs the same `aad`. */
  encrypt(secret: string, aad: string): string;
  /** The plain secret. Throws if no key decrypts it or `aad` differs. */
  decrypt(encrypted: string, aad: string): string;
  /** Whether the newest key was used. */
  usesNewestKey(encrypted: string): boolean;
};
