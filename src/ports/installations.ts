/** The port of installations: Slack workspaces that installed the bot, and their tokens. */

/** The installations of one platform. */
export interface Installations {
  /** The secret of `workspace`; undefined if the bot is not installed there. Throws if no key decrypts it. */
  find(workspace: string): Promise<string | undefined>;
  /** Inserts or replaces the secret of `workspace`. */
  save(workspace: string, secret: string): Promise<void>;
  remove(workspace: string): Promise<void>;
  /** True on the first call with `id`, false afterwards. For single-use values such as the OAuth state. */
  consumeOnce(id: string): Promise<boolean>;
}
