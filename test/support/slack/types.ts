/** What a Slack on this machine offers to tests. */

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
  | { readonly kind: "done-then-drop" };

/** A call that arrived: a method of the Web API, "response_url" or "upload". */
export type Call = { readonly method: string; readonly body: Loose };

/** Somebody who uses Slack. */
export type Person = {
  readonly id: string;
  /** The conversation between them and the bot. */
  readonly dm: string;
  /** Types a slash command. */
  slash(command: string, text: string, channel?: string): Promise<void>;
  /** Says something to the bot directly, or in a channel; only what mentions the bot reaches it from there. */
  say(text: string, channel?: string): Promise<void>;
  press(seen: Seen, label: string): Promise<void>;
  submit(modal: Modal, words: string): Promise<void>;
  shortcut(callbackId: string): Promise<void>;
  openHome(): Promise<void>;
  /** Their App Home, as it was published last. */
  home(): Seen | undefined;
  /** All that they see in a channel or their conversation with the bot. */
  screen(place: string): readonly Seen[];
  /** The form that opened for them last. */
  modal(): Modal | undefined;
  setTimeZone(timeZone: string): Promise<void>;
  /** Their account ends. What is sent to them is taken all the same. */
  deactivate(): void;
};

/** A Slack. */
export type Slack = {
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly channel: string;
  readonly botId: string;
  readonly teamId: string;
  /** What was sent that Slack would refuse. */
  readonly problems: readonly string[];
  person(name: "ann" | "bo"): Person;
  /** The next so many calls of `method` go wrong. */
  fail(method: string, fault: Fault, times?: number): void;
  heal(): void;
  calls(method: string): readonly Call[];
  /** They look after the workspace from now on, or do not any more. */
  promote(person: Person): void;
  demote(person: Person): void;
  /** They made the channel. */
  setCreator(person: Person): void;
  readonly socket: Socket;
  close(): Promise<void>;
};

/** The edge of Socket Mode. */
export type Socket = {
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
  /** Sends an envelope, and resolves when it was acknowledged, or cannot be any more. Where nobody listens, nothing is sent. */
  send(type: "events_api" | "slash_commands" | "interactive", payload: object, retry?: number): Promise<void>;
  readonly acknowledged: readonly string[];
};
