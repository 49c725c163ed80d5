/** The types of the fake Slack that tests use. */

/** Options of a fake server. */
export type SlackOptions = {
  /**
   * How many standalone workspaces there are, and how many belong to one organisation. If either is given, the app is not yet installed,
   * and a browser installs it. If neither is, one workspace has the app already, as in Socket Mode.
   */
  readonly workspaces?: number;
  readonly inOrganisation?: number;
  /** Validity of a token in seconds, if tokens rotate. Default: they do not. */
  readonly rotation?: number;
  /** Milliseconds to wait for an answer over HTTP. Default: 3000. */
  readonly patience?: number;
  /** Slack's clock for signatures, codes and tokens. Default: this machine's. A bot with a simulated clock needs the same one here. */
  readonly now?: () => Temporal.Instant;
};

/** A message, a view or an answer as a person sees it. */
export type Seen = {
  readonly id: string;
  /** All words, without markup. */
  readonly text: string;
  /** The text for notifications. */
  readonly topText: string;
  /** Whether only its addressee sees it. */
  readonly isPrivate: boolean;
  readonly isFromBot: boolean;
  readonly buttons: readonly string[];
  readonly menu: readonly { readonly label: string; readonly value: string }[];
  readonly pictures: readonly { readonly alt: string; readonly bytes: Uint8Array }[];
  /** Files shared with it. */
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** The channel; undefined for the App Home. */
  readonly place: string | undefined;
  readonly blocks: readonly Loose[];
};

/** An open form. */
export type Modal = { readonly view: Loose; readonly title: string; readonly field: { readonly label: string; readonly value: string } };

/** Untyped JSON. */
export type Loose = { readonly [key: string]: unknown };

/** A fault of a call. */
export type Fault =
  | { readonly kind: "error"; readonly error: string }
  | { readonly kind: "status"; readonly status: number; readonly retryAfter?: string }
  /** No answer is sent. */
  | { readonly kind: "hang" }
  /** The connection breaks before the call is done, or after. */
  | { readonly kind: "drop" }
  | { readonly kind: "done-then-drop" }
  /** The call is done, and answered after `after` milliseconds. */
  | { readonly kind: "slow"; readonly after: number };

/** A received call: a method of the Web API, "response_url", "upload", or "file" for a download. */
export type Call = {
  readonly method: string;
  readonly body: Loose;
  /** The workspace or organisation of its token, URL or upload; undefined if it has none. */
  readonly home: string | undefined;
};

/** A text file that somebody sends. `about` replaces what the platform reports about it. */
export type SentWords = { readonly name: string; readonly content: string; readonly about?: Loose };

/** A response in place of a file. */
export type Lent = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string };

/** A person who uses Slack. */
export type Person = {
  readonly id: string;
  /** Their direct conversation with the bot. */
  readonly dm: string;
  /** Types a slash command. */
  slash(command: string, text: string, channel?: string): Promise<void>;
  /** Sends a message to the bot or to a channel. From a channel, only mentions reach the bot. */
  say(text: string, channel?: string, file?: SentWords): Promise<void>;
  press(seen: Seen, label: string): Promise<void>;
  submit(modal: Modal, words: string): Promise<void>;
  shortcut(callbackId: string): Promise<void>;
  openHome(): Promise<void>;
  /** Their App Home, as last published. */
  home(): Seen | undefined;
  /** Everything they see in a channel or in their direct conversation. */
  screen(place: string): readonly Seen[];
  /** Waits for the bot's next message to them in a place, without polling. Call it before the action that causes the message. */
  next(place: string): Promise<Seen>;
  /** The form that opened last for them. */
  modal(): Modal | undefined;
  setTimeZone(timeZone: string): Promise<void>;
  /** Sets their locale, such as "en-US". Default: "en-GB". */
  setLocale(locale: string): Promise<void>;
  /** Deactivates their account. Messages to them are still accepted. */
  deactivate(): void;
};

/** A workspace. */
export type Workspace = {
  readonly teamId: string;
  /** The organisation that it belongs to. */
  readonly enterpriseId: string | undefined;
  readonly channel: string;
  readonly botId: string;
  /** Ann, Bo, or anybody else: a new name joins now. Ids are unique only in a workspace or an organisation. */
  person(name: string): Person;
  /** The next `times` calls of `method` with a token of this workspace fail. */
  fail(method: string, fault: Fault, times?: number): void;
  calls(method: string): readonly Call[];
  /** Makes a person an admin of the workspace, or removes that role. */
  promote(person: Person): void;
  demote(person: Person): void;
  /** Makes a person the creator of the channel. */
  setCreator(person: Person): void;
  /** Removes the bot from the channel, or adds it again. It is a member at first. */
  uninvite(): void;
  invite(): void;
  /** Sends a notice that Slack withheld events of this workspace. */
  limitRate(): Promise<void>;
};

/** A Slack. Its workspace members refer to the first workspace. */
export type Slack = Omit<Workspace, "fail" | "calls"> & {
  readonly apiUrl: string;
  /** The bot token in the first workspace, if the app is installed from the start. */
  readonly botToken: string;
  readonly appToken: string;
  /** Problems of payloads that Slack would refuse. */
  readonly problems: readonly string[];
  /** The workspace at that index, from 0. Standalone workspaces come before those of the organisation. */
  workspace(place: number): Workspace;
  readonly organisation: { readonly enterpriseId: string; readonly name: string };
  /** The next `times` calls of `method` fail, from any workspace. */
  fail(method: string, fault: Fault, times?: number): void;
  heal(): void;
  /** Serves `lent` at a new file URL and returns the URL. Like any file, it requires a token. */
  lend(lent: Lent): string;
  calls(method: string): readonly Call[];
  readonly socket: Socket;
  readonly http: Http;
  readonly oauth: OAuth;
  /** A new browser with its own cookies. */
  browser(): Browser;
  /** Removes the app from a workspace or an organisation: its tokens end, and the bot is notified. */
  uninstall(home: string): Promise<void>;
  /** Notifies the bot that the app was removed, whether or not it was. Slack sends such events late or twice. */
  tellUninstalled(home: string): Promise<void>;
  close(): Promise<void>;
};

/** The registered app, and its issued tokens. */
export type OAuth = {
  readonly clientId: string;
  readonly clientSecret: string;
  /** The URL of the consent page. */
  readonly authorizationUrl: string;
  /** The token last issued for a home; undefined if the app is not installed there. */
  token(home: string): string | undefined;
  /** Expires its tokens. They can be refreshed. */
  expire(home: string): void;
  /** Revokes its tokens. The app stays installed. */
  revoke(home: string): Promise<void>;
};

/** A transport from Slack to the bot. */
export type Edge = {
  /** Sends a payload. Resolves when it is acknowledged, or no longer can be. Sends nothing if no bot listens. */
  send(type: "events_api" | "slash_commands" | "interactive", payload: object, retry?: number): Promise<void>;
};

/** The HTTP edge. */
export type Http = Edge & {
  readonly signingSecret: string;
  /**
   * Sends everything to the bot at `origin` from now on, instead of Socket Mode. Throws if the bot does not answer Slack's challenge.
   * `name`, such as "https://coach.example", maps to that origin.
   */
  aim(origin: string, name?: string): Promise<void>;
  /** All requests sent, in order. */
  readonly deliveries: readonly Delivery[];
  /** Posts `body` like any client, with a valid signature by default. Returns the status. */
  post(body: string, how?: Posted): Promise<number>;
};

/** How to post. A null field is omitted. */
export type Posted = {
  /** Seconds since the epoch. Default: now. */
  readonly timestamp?: string | null;
  readonly signature?: string | null;
  /** The signing secret and the signed text. Default: the app's secret and the body. */
  readonly secret?: string;
  readonly signed?: string;
  /** Default: JSON. */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A request sent over HTTP. */
export type Delivery = {
  /** The name of the event or command, or the type of the interaction. */
  readonly what: string;
  /** The number of the repetition, from 0. */
  readonly retry: number;
  /** The HTTP status; "late" if no answer came in time, "unreachable" if nothing listens. */
  readonly status: number | "late" | "unreachable";
};

/** A page in a browser. */
export type Page = { readonly url: string; readonly status: number; readonly text: string };

/** A browser. */
export type Browser = {
  /** Opens a URL and follows redirects: to Slack's consent page, or to another page. */
  open(url: string): Promise<Page>;
  /** Opens the bot's install page. */
  ask(): Promise<Page>;
  /** Approves on the consent page, for a workspace or a whole organisation. Returns the URL of Slack's redirect. */
  approve(home: string): string;
  /** Declines. Returns the URL of Slack's redirect. */
  deny(): string;
  /** Runs the whole installation: asks, approves and follows the redirect. Returns the last page. */
  install(home: string): Promise<Page>;
  /** Another browser with a copy of the current cookies. */
  copy(): Browser;
};

/** The Socket Mode edge. */
export type Socket = Edge & {
  /** How many connections were greeted. */
  greeted(): number;
  /** Waits until a connection is up. */
  ready(): Promise<void>;
  /** Asks the bot to reconnect. */
  refresh(): void;
  /** Breaks the connection. */
  break(): void;
  /** Keeps the connection open, but neither reads nor sends. */
  deafen(): void;
  /** Does not greet new connections until `heal`. */
  withhold(): void;
  readonly acknowledged: readonly string[];
};
