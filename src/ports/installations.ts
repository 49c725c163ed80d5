/** The port of Slack workspaces that installed the bot. */

/** Where the coach was let in on one platform, and what it speaks with there. */
export interface Installations {
  /** The secret of `workspace`; undefined where the coach was not let in. Throws where no key opens it. */
  find(workspace: string): Promise<string | undefined>;
  /** Replaces it. */
  save(workspace: string, secret: string): Promise<void>;
  remove(workspace: string): Promise<void>;
  /** True for whoever asks first, and never again: of what is good once, such as the state of a sign-in. */
  consumeOnce(id: string): Promise<boolean>;
}
