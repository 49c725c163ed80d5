/** How an error is told to whoever runs the coach. */

/** The name, the code and the place of `error`, never its message: that may quote what somebody said. */
export function placeOf(error: unknown): { readonly error: string; readonly code: string; readonly where: string } {
  const known = error instanceof Error ? error : new Error("not an error");
  const stack = (known.stack ?? "").replace(known.message, "").split("\n");
  const where = stack.map((line) => line.trim()).filter((line) => line.startsWith("at "));
  return { error: known.name, code: "code" in known ? String(known.code) : "", where: where.slice(0, 5).join(" ") };
}
