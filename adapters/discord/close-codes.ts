/** Close codes of Discord's gateway. */

/** The cause of a close: some pass by themselves, some need the operator. */
export type CloseReason = "line" | "session" | "rate-limit" | "token" | "intents" | "set-up" | "gateway";

/** Maps a close code to its cause. */
export function reasonOf(code: number): CloseReason {
  if (code < 4000) return "line";
  if (code === 4003 || code === 4007 || code === 4009) return "session";
  if (code === 4008) return "rate-limit";
  if (code === 4004) return "token";
  if (code === 4013 || code === 4014) return "intents";
  return code >= 4010 && code <= 4012 ? "set-up" : "gateway";
}
