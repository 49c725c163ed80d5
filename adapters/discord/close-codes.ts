/** The codes with which Discord's gateway closes. */

/** What a close code is about: something that passes by itself, or something that somebody has to mend. */
export type CloseReason = "line" | "session" | "rate-limit" | "token" | "intents" | "set-up" | "gateway";

/** Of which kind the code is with which the gateway closes: something that passes, or something to be mended. */
export function reasonOf(code: number): CloseReason {
  if (code < 4000) return "line";
  if (code === 4003 || code === 4007 || code === 4009) return "session";
  if (code === 4008) return "rate-limit";
  if (code === 4004) return "token";
  if (code === 4013 || code === 4014) return "intents";
  return code >= 4010 && code <= 4012 ? "set-up" : "gateway";
}
