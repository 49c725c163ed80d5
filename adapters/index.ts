/** The platform table: every place where the coach can be talked to. A new platform is a folder here and a line below. */

/** How each platform's adapter is made. Only those that are configured are loaded: an SDK costs as much as all the rest. */
export const platforms = {
  console: async () => (await import("./console/index.ts")).createConsole,
  slack: async () => (await import("./slack/index.ts")).createSlack,
  discord: async () => (await import("./discord/index.ts")).createDiscord,
} as const;
