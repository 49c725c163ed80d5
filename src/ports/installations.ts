/** The port of Slack workspaces that installed the bot. */

/** Where the coach was let in on one platform, and what it speaks with there. */
export interface Installations {
  /** The secret of `home`; undefined where the coach was not let in. Throws where no key opens it. */
  find(home: string): Promise<string | undefined>;
  /** Replaces it. */
  save(home: string, secret: string): Promise<void>;
  remove(home: string): Promise<void>;
  /** True for whoever asks first, and never again: of what is good once, such as the state of a sign-in. */
  spend(id: string): Promise<boolean>;
}
