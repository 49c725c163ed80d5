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
export interface Codes {
  /** A new one: what is typed, and what is kept of it. */
  fresh(): { readonly words: string; readonly hash: string };
  /** What is kept of a code that somebody typed. */
  hashOf(words: string): string;
}

/** Seals and opens. */
export type Seal = {
  /** `secret` under the newest key. It opens for the same `about` alone. */
  close(secret: string, about: string): string;
  /** What was sealed. Throws where none of the keys opens it, and where it was sealed about something else. */
  open(sealed: string, about: string): string;
  /** Whether it was sealed under the newest key. */
  isNewest(sealed: string): boolean;
};
