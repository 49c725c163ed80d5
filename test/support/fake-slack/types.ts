/** What a Slack on this machine offers to tests. */

/** What may be different about a fake server. */
export type SlackOptions = {
  /**
   * How many workspaces stand for themselves, and how many belong to one organisation. Where either is said the app is installed nowhere
   * yet, and a browser does it; where neither is, there is one workspace with the app in it, as in Socket Mode.
   */
  readonly workspaces?: number;
  readonly inOrganisation?: number;
  /** For how many seconds a token is good, where tokens rotate; they do not unless said. */
  readonly rotation?: number;
  /** For how many milliseconds an answer over HTTP is waited for; 3000 unless said. */
  readonly patience?: number;
  /** Slack's own clock, for signatures, codes and tokens; this machine's unless given. A bot whose clock is turned wants it turned alike. */
  readonly now?: () => Temporal.Instant;
};

/** A message, a view or an answer as a person sees it. */
export type Seen = {
  readonly id: string;
  /** All of its words, without markup. */
  readonly text: string;
  /** What notifications read. */
  readonly topText: string;
  /** Whether only its addressee sees it. */
  readonly isPrivate: boolean;
  readonly isFromBot: boolean;
  readonly buttons: readonly string[];
  readonly menu: readonly { readonly label: string; readonly value: string }[];
  readonly pictures: readonly { readonly alt: string; readonly bytes: Uint8Array }[];
  /** Files that were shared with it. */
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** The channel in which it stands; undefined for the App Home. */
  readonly place: string | undefined;
  readonly blocks: readonly Loose[];
};

/** A form that opened. */
export type Modal = { readonly view: Loose; readonly title: string; readonly field: { readonly label: string; readonly value: string } };

/** JSON of which nothing is known. */
export type Loose = { readonly [key: string]: unknown };

/** What goes wrong with a call. */
export type Fault =
  | { readonly kind: "error"; readonly error: string }
  | { readonly kind: "status"; readonly status: number; readonly retryAfter?: string }
  /** Nothing is answered. */
  | { readonly kind: "hang" }
  /** The line breaks before anything is done, or after it was. */
  | { readonly kind: "drop" }
  | { readonly kind: "done-then-drop" }
  /** It is done, and answered, after so many milliseconds. */
  | { readonly kind: "slow"; readonly after: number };

/** A call that arrived: a method of the Web API, "response_url", "upload", or "file" for one that is fetched. */
export type Call = {
  readonly method: string;
  readonly body: Loose;
  /** The workspace or organisation whose token, address or upload it was; undefined where it was nobody's. */
  readonly home: string | undefined;
};

/** A file of words that somebody sends; where `about` is given, the platform says that of it in place of what is true. */
export type SentWords = { readonly name: string; readonly content: string; readonly about?: Loose };

/** What is answered at an address in place of a file. */
export type Lent = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string };

/** Somebody who uses Slack. */
export type Person = {
  readonly id: string;
  /** The conversation between them and the bot. */
  readonly dm: string;
  /** Types a slash command. */
  slash(command: string, text: string, channel?: string): Promise<void>;
  /** Says something to the bot directly, or in a channel; only what mentions the bot reaches it from there. */
  say(text: string, channel?: string, file?: SentWords): Promise<void>;
  press(seen: Seen, label: string): Promise<void>;
  submit(modal: Modal, words: string): Promise<void>;
  shortcut(callbackId: string): Promise<void>;
  openHome(): Promise<void>;
  /** Their App Home, as it was published last. */
  home(): Seen | undefined;
  /** All that they see in a channel or their conversation with the bot. */
  screen(place: string): readonly Seen[];
  /** What the bot shows them next in a place, without looking again and again; asked for before what it follows. */
  next(place: string): Promise<Seen>;
  /** The form that opened for them last. */
  modal(): Modal | undefined;
  setTimeZone(timeZone: string): Promise<void>;
  /** Their language, as "en-US"; it is "en-GB" unless set. */
  setLocale(locale: string): Promise<void>;
  /** Their account ends. What is sent to them is taken all the same. */
  deactivate(): void;
};

/** A workspace. */
export type Workspace = {
  readonly teamId: string;
  /** The organisation to which it belongs. */
  readonly enterpriseId: string | undefined;
  readonly channel: string;
  readonly botId: string;
  /** Ann, Bo, or anybody else: who was not there yet has just joined. Ids are unique in a workspace, or an organisation, alone. */
  person(name: string): Person;
  /** The next so many calls of `method` with a token of this workspace go wrong. */
  fail(method: string, fault: Fault, times?: number): void;
  calls(method: string): readonly Call[];
  /** They look after the workspace from now on, or do not any more. */
  promote(person: Person): void;
  demote(person: Person): void;
  /** They made the channel. */
  setCreator(person: Person): void;
  /** The bot is not in the channel from now on, or is again, as it is at first. */
  uninvite(): void;
  invite(): void;
  /** Events of this workspace were so many that Slack held some back. */
  limitRate(): Promise<void>;
};

/** A Slack. What it holds of a workspace is that of the first. */
export type Slack = Omit<Workspace, "fail" | "calls"> & {
  readonly apiUrl: string;
  /** Of the app in the first workspace, where it is installed from the beginning. */
  readonly botToken: string;
  readonly appToken: string;
  /** What was sent that Slack would refuse. */
  readonly problems: readonly string[];
  /** The workspace at that place, from 0: those that stand for themselves come before those in the organisation. */
  workspace(place: number): Workspace;
  readonly organisation: { readonly enterpriseId: string; readonly name: string };
  /** The next so many calls of `method` go wrong, from wherever. */
  fail(method: string, fault: Fault, times?: number): void;
  heal(): void;
  /** Answers so at a new address among those of files, which it gives. Like any file it wants a token. */
  lend(lent: Lent): string;
  calls(method: string): readonly Call[];
  readonly socket: Socket;
  readonly http: Http;
  readonly oauth: OAuth;
  /** A browser of somebody's, with cookies of its own. */
  browser(): Browser;
  /** Takes the app out of a workspace or an organisation: its tokens end, and the bot is told. */
  uninstall(home: string): Promise<void>;
  /** The bot is told that the app was taken out there, whether or not it was: late or once more, as Slack does at times. */
  tellUninstalled(home: string): Promise<void>;
  close(): Promise<void>;
};

/** The app as it is registered, and the tokens that were given out. */
export type OAuth = {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where a browser is asked whether to install. */
  readonly authorizationUrl: string;
  /** The token that was given out last for a workspace or an organisation; undefined where the app is not. */
  token(home: string): string | undefined;
  /** Its tokens are over from now on, and can be refreshed. */
  expire(home: string): void;
  /** Its tokens are taken back, though the app stays. */
  revoke(home: string): Promise<void>;
};

/** A way from Slack to the bot. */
export type Edge = {
  /** Sends something, and resolves when it was acknowledged, or cannot be any more. Where nobody listens, nothing is sent. */
  send(type: "events_api" | "slash_commands" | "interactive", payload: object, retry?: number): Promise<void>;
};

/** The edge of HTTP. */
export type Http = Edge & {
  readonly signingSecret: string;
  /**
   * From now on all is sent to the bot at `origin`, and no longer over Socket Mode. Throws where it does not answer Slack's challenge. Where
   * it stands behind a name, as "https://coach.example", that name leads there.
   */
  aim(origin: string, name?: string): Promise<void>;
  /** All that was sent, in its order. */
  readonly deliveries: readonly Delivery[];
  /** Posts `body` as anybody can, signed as Slack would unless said; gives the status. */
  post(body: string, how?: Posted): Promise<number>;
};

/** How something is posted. What is null is left out. */
export type Posted = {
  /** Seconds since the epoch; now unless said. */
  readonly timestamp?: string | null;
  readonly signature?: string | null;
  /** The secret that it is signed with, and the words that are; the app's, and those that are sent, unless said. */
  readonly secret?: string;
  readonly signed?: string;
  /** JSON unless said. */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Something that was sent over HTTP. */
export type Delivery = {
  /** The name of an event or a command, or the type of what was pressed. */
  readonly what: string;
  /** Which repetition it was, from 0. */
  readonly retry: number;
  /** What was answered; "late" where nothing was in time, and "unreachable" where nobody listens. */
  readonly status: number | "late" | "unreachable";
};

/** A page in a browser. */
export type Page = { readonly url: string; readonly status: number; readonly text: string };

/** A browser. */
export type Browser = {
  /** Opens an address and follows where it leads: to Slack's question whether to install, or to another page. */
  open(url: string): Promise<Page>;
  /** Opens the bot's own page for installing. */
  ask(): Promise<Page>;
  /** Says yes to Slack's question for a workspace or a whole organisation. Gives the address to which Slack would send this browser now. */
  approve(home: string): string;
  /** Says no. */
  deny(): string;
  /** All of it: asks, approves and goes where it leads. Gives the last page. */
  install(home: string): Promise<Page>;
  /** Another browser, with the cookies that this one has now. */
  copy(): Browser;
};

/** The edge of Socket Mode. */
export type Socket = Edge & {
  /** How many were greeted. */
  greeted(): number;
  /** Waits until a connection stands. */
  ready(): Promise<void>;
  /** Slack wants the connection to be opened anew. */
  refresh(): void;
  /** The line breaks. */
  break(): void;
  /** It stays, and nothing comes through any more. */
  deafen(): void;
  /** New connections are not greeted, until `heal`. */
  withhold(): void;
  readonly acknowledged: readonly string[];
};
