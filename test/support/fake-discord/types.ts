/** The types of the fake Discord server that tests use: people, faults and records. */

/** Options of a fake server. */
export type DiscordOptions = {
  /** Heartbeat interval of the gateway in milliseconds. Default: 41250. */
  readonly heartbeat?: number;
  /** The server's clock for nonce windows, token ages and timestamps. Default: real time. */
  readonly now?: () => Temporal.Instant;
  /** How long a nonce is remembered. Default: three minutes. */
  readonly nonceWindow?: Temporal.Duration;
  /** Milliseconds of real time for the first answer to an interaction. Default: 3000. With 0, every answer is late. */
  readonly patience?: number;
};

/** A Discord on this machine, with one server and one bot. */
export type Discord = {
  /** The value of DISCORD_API_URL, without a version: discord.js appends it. */
  readonly apiUrl: string;
  readonly token: string;
  readonly applicationId: string;
  readonly server: Server;
  /** The person of that name. Everybody is a member of every server. */
  person(name: string, options?: { readonly locale?: string; readonly messages?: Openness }): Person;
  /** Opens another server. In a read-only server the bot may not post, but may answer. */
  openServer(name: string, options?: { readonly isReadOnly?: boolean }): Server;
  /** Problems of the bot's requests. Each was answered with 400 and code 50035. */
  readonly problems: readonly string[];
  /** Every request, in order. */
  readonly requests: readonly RequestSeen[];
  /** The registered commands, with Discord's additions. */
  readonly commands: readonly unknown[];
  /** The next `times` requests that match fail. Default: one. */
  fail(match: { readonly method?: string; readonly path: RegExp }, how: Failure, times?: number): void;
  /** Removes all pending failures. */
  heal(): void;
  /** The next `times` events of interactions and messages are sent twice to each session. Default: one. */
  deliverTwice(times?: number): void;
  /** Requests a second before Discord answers with 429; undefined for no limit. */
  readonly limits: { perSecond?: number | undefined };
  readonly gateway: Gateway;
  /** How many requests were answered with 401, 403 or 429, without those of shared limits. */
  readonly invalidRequests: number;
  /** Closes every connection. Resolves when nothing listens. */
  close(): Promise<void>;
};

/** A received request. */
export type RequestSeen = {
  readonly method: string;
  /** Without /api/v10 and the query. */
  readonly path: string;
  readonly query: string;
  readonly body: unknown;
  /** The number of uploaded files. */
  readonly files: number;
  readonly at: Temporal.Instant;
  /** The status of the answer; undefined if there is none (yet). */
  readonly status: number | undefined;
};

/** Whose direct messages a person accepts. */
export type Openness = "open" | "closed" | "no-mutual-server";

/** How a request fails. */
export type Failure =
  | { readonly kind: "error"; readonly status: number; readonly code?: number; readonly message?: string }
  /** In seconds. */
  | { readonly kind: "rate-limit"; readonly retryAfter: number; readonly scope?: "user" | "global" | "shared" }
  /** The connection is reset before the request is done. */
  | { readonly kind: "drop-before" }
  /** The request is done, and the connection is reset before the answer. */
  | { readonly kind: "drop-after" }
  /** The request is done, and the connection is reset in the middle of the answer. */
  | { readonly kind: "half-answer" }
  /** The request is not done, and never answered. */
  | { readonly kind: "hang" };

/** The gateway as tests control it. */
export type Gateway = {
  /** Connections that are identified or resumed, and not frozen. */
  readonly sessions: number;
  readonly identifies: number;
  readonly resumes: number;
  readonly connections: number;
  /** How many heartbeats were answered. */
  readonly heartbeats: number;
  closeAll(code: number): void;
  /** Freezes the open connections: they neither read nor answer. New connections work. */
  freeze(): void;
  /** Breaks the open connections without a close frame, including frozen ones. */
  cut(): void;
  /** Every event sent to the latest session. */
  readonly sent: readonly { readonly t: string; readonly d: Readonly<Record<string, unknown>> }[];
  /** Replaces the data of the server's next event by the result of `spoil`. */
  spoilNext(spoil: (data: Readonly<Record<string, unknown>>) => unknown): void;
  /** Sends every session an event with any data. */
  dispatch(name: string, data: unknown): void;
  /** Sends a raw frame to every connected session. */
  send(frame: string): void;
  /** Asks every session to reconnect. */
  requestReconnect(): void;
  invalidate(isResumable: boolean): void;
  /** Refuses new connections with this HTTP status until `accept`. */
  refuse(status: number): void;
  accept(): void;
  /** Withholds READY from later identifies until `answerIdentify(true)`, which sends those withheld. */
  answerIdentify(does: boolean): void;
  /** Repeats the last `count` events after the next resume, though the bot had them. */
  replayOnResume(count: number): void;
  /** The session start limits in /gateway/bot. Identifies count them down. */
  sessionStarts: { remaining: number; total: number; resetAfter: number };
  /** Resolves when a session is ready. */
  ready(): Promise<void>;
};

/** A Discord server with one text channel. */
export type Server = { readonly id: string; readonly name: string; readonly channel: Place };

/** A place for messages: a server channel, a direct conversation with the bot, or one between people who use the bot as an app. */
export type Place = { readonly kind: "server" | "dm" | "private"; readonly channelId: string; readonly serverId?: string };

/** A text file that somebody sends. `url` replaces the URL that Discord reports. */
export type SentWords = { readonly name: string; readonly content: string; readonly url?: string };

/** A person at a Discord client. */
export type Person = {
  readonly id: string;
  readonly name: string;
  /** Their direct conversation with the bot. */
  readonly dm: Place;
  /** Their direct conversation with somebody else. */
  readonly privately: Place;
  /** Sends a slash command in `where`. Default: the server's channel. Throws if the client would not offer it. */
  slash(command: string, options?: Readonly<Record<string, string>>, where?: Place): Promise<Answer>;
  /** The autocomplete choices for `text` in `option`. */
  type(command: string, option: string, text: string, others?: Readonly<Record<string, string>>): Promise<readonly Offer[]>;
  /** Presses the button with this label. */
  press(message: Seen, label: string): Promise<Answer>;
  /** Presses a button with a forged custom id, as a modified client can. */
  forge(message: Seen, customId: string): Promise<Answer>;
  /** Picks the option with this label in the select menu. */
  pick(message: Seen, label: string): Promise<Answer>;
  /** Submits a form with fields by label. Other fields keep their values. */
  submit(modal: Modal, fields: Readonly<Record<string, string>>): Promise<Answer>;
  /** Sends a message, by default to the bot alone. In a server it mentions the bot unless `isPlain`. */
  say(text: string, where?: Place, options?: { readonly isPlain?: boolean; readonly file?: SentWords }): Promise<Seen>;
  /** All messages that this person sees in `where`, oldest first. */
  screen(where: Place): readonly Seen[];
  /** Waits for the bot's next message in `where` that was returned neither by `next` nor as an answer. */
  next(where: Place): Promise<Seen>;
  setMessages(openness: Openness): void;
  /** Whether they may manage the channels of servers. Default: false. */
  setManager(isManager: boolean): void;
  /** Whether they installed the bot as a user app. Default: true. */
  setInstalled(isInstalled: boolean): void;
};

/** An autocomplete choice. */
export type Offer = { readonly name: string; readonly value: string };

/** The outcome of a command, a press or a form. */
export type Answer =
  | { readonly kind: "message"; readonly message: Seen }
  | { readonly kind: "modal"; readonly modal: Modal }
  /** The bot acknowledged it, and sent nothing. */
  | { readonly kind: "nothing" }
  | { readonly kind: "failed"; readonly why: string };

/** An open form. */
export type Modal = {
  readonly title: string;
  readonly customId: string;
  readonly fields: readonly Field[];
  /** The id of the interaction that opened it. */
  readonly openedBy: string;
};

/** A form field. */
export type Field = { readonly label: string; readonly value: string; readonly customId: string };

/** A message as a person sees it. */
export type Seen = {
  readonly id: string;
  readonly place: Place;
  readonly isFromBot: boolean;
  /** Whether only one person sees it. */
  readonly isPrivate: boolean;
  /** All visible words as sent, one line each. */
  readonly text: string;
  /** Button labels, in order. */
  readonly buttons: readonly string[];
  readonly menu: readonly MenuOption[];
  readonly pictures: readonly Picture[];
  /** Whether it uses Components V2. */
  readonly isRich: boolean;
  readonly nonce: string | undefined;
  /** The message object of Discord's API. */
  readonly raw: unknown;
  readonly edits: number;
};

/** An option of a select menu. */
export type MenuOption = { readonly label: string; readonly value: string; readonly description?: string };

/** An uploaded picture. */
export type Picture = { readonly name: string; readonly description: string | undefined; readonly bytes: Uint8Array };
