/** Describes an error for the log. */

/** The logged parts of an error. */
export type ErrorDescription = { readonly error: string; readonly code: string; readonly where: string; readonly status?: number };

/**
 * The name, code, HTTP status if any, and source location of `error`, never its message: a message may quote a user. If an SDK wraps the
 * platform's code or a cause in the error, that is the code.
 */
export function describeError(error: unknown): ErrorDescription {
  const known = error instanceof Error ? error : new Error("not an error");
  const stack = (known.stack ?? "").replace(known.message, "").split("\n");
  const where = stack.map((line) => line.trim()).filter((line) => line.startsWith("at "));
  const status = [fieldOf(known, "status"), fieldOf(known, "statusCode")].find((value) => typeof value === "number");
  return { error: known.name, code: codeOf(known), where: where.slice(0, 5).join(" "), ...(status === undefined ? {} : { status }) };
}

function codeOf(error: Error): string {
  const word = fieldOf(fieldOf(error, "data"), "error");
  if (typeof word === "string" && /^[\w-]{1,60}$/.test(word)) return word;
  const beneath = fieldOf(fieldOf(error, "original") ?? error.cause, "code");
  const code = typeof beneath === "string" ? beneath : fieldOf(error, "code");
  return typeof code === "string" || typeof code === "number" ? String(code) : "";
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}
