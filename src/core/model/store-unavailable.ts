/** That nothing can be recorded at the moment: what the store throws then, and how it is known from other errors. */

/** The file was deleted, moved or replaced under the program; or the disk does not take what is written. The first is for good. */
export type Outage = "gone" | "unwritable";

const mark = Symbol("outage");

/** The error that a store throws in an outage. Nothing of what it was to record is kept. */
export function outage(kind: Outage, cause?: unknown): Error {
  const code = cause instanceof Error && "code" in cause ? cause.code : kind;
  return Object.assign(new Error(`Record: the store is ${kind}`, { cause }), { code, [mark]: kind });
}

/** Of which outage `error` tells; undefined where it is any other error. */
export function outageOf(error: unknown): Outage | undefined {
  return error instanceof Error && mark in error ? (error[mark] as Outage) : undefined;
}
