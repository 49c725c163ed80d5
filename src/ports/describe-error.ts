/** How an error is told to whoever runs the coach. */

/** What is told of it. */
export type ErrorDescription = { readonly error: string; readonly code: string; readonly where: string; readonly status?: number };

/**
 * The name, the code, the HTTP status where it has one, and the place of `error`, never its message: that may quote what somebody said. Where an
 * SDK keeps the platform's own word, or what broke beneath it, within the error, that is its code.
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
