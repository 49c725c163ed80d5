/** Store outages: the error that the store throws when it cannot write, and how to recognise it. */

/** `gone`: the file was deleted, moved or replaced while in use; this is permanent. `unwritable`: the disk rejects writes. */
export type Outage = "gone" | "unwritable";

const mark = Symbol("outage");

/** Creates the error that a store throws in an outage. Nothing of the commit is kept. */
export function outage(kind: Outage, cause?: unknown): Error {
  const code = cause instanceof Error && "code" in cause ? cause.code : kind;
  return Object.assign(new Error(`Record: the store is ${kind}`, { cause }), { code, [mark]: kind });
}

/** The outage that `error` reports; undefined for any other error. */
export function outageOf(error: unknown): Outage | undefined {
  return error instanceof Error && mark in error ? (error[mark] as Outage) : undefined;
}
