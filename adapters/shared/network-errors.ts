/** Network errors: whether a failed request may have arrived. */

/** System error codes from before any byte was sent. */
const beforeSending: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** What a request came to that threw `error` and got no answer: it was not sent, or nobody knows. */
export function classifyNetworkError(error: unknown): { readonly kind: "not-sent" | "ambiguous" } {
  return { kind: beforeSending.has(codeOf(error)) ? "not-sent" : "ambiguous" };
}

/** What an HTTP status says that came without the platform's own error code. */
export function classifyStatus(
  status: number,
  code = `http-${status}`,
): { readonly kind: "ambiguous" } | { readonly kind: "refused"; readonly code: string } {
  return status >= 500 || status === 408 ? { kind: "ambiguous" } : { kind: "refused", code };
}

/** The system's error code, from any depth of causes. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  if ("code" in error && typeof error.code === "string") return error.code;
  return codeOf(error instanceof AggregateError ? (error.errors[0] as unknown) : error.cause);
}
