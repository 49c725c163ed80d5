/** The platform table. A new platform is a folder here and a line below. */

/** Loads each platform's adapter. Only configured ones are loaded: an SDK costs as much as everything else together. */
export const platforms = {
  console: async () => (await import("./console/index.ts")).createConsole,
  slack: async () => (await import("./slack/index.ts")).createSlack,
  discord: async () => (await import("./discord/index.ts")).createDiscord,
} as const;
