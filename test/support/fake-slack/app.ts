/** The Slack app as registered. */

/** Ids and secrets of the app. */
export const app = {
  id: "A1",
  clientId: "1000000001.2000000002",
  clientSecret: "client-secret-of-the-app",
  signingSecret: "signing-secret-of-the-app",
  /** For Socket Mode. */
  token: "xapp-1-A1-0000000001-fakefake",
  /** Part of every payload. Nothing should trust it. */
  verification: "verification-token",
} as const;
