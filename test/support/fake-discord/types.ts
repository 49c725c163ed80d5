/** What a test sees of the fake Discord server: people with screens on one side, faults and records on the other. */

/** What may be different about a fake server. */
export type DiscordOptions = {
  /** Heartbeat that the gateway asks for, in milliseconds; 41250 unless said. */
  readonly heartbeat?: number;
  /** The fake server's own clock, for nonce windows, token ages and timestamps. Real time unless given. */
  readonly now?: () => Temporal.Instant;
  /** How long a nonce is known again. Three minutes unless said. */
  readonly nonceWindow?: Temporal.Duration;
  /** How long an interaction may wait for its first answer, in milliseconds of real time; 3000 unless said, and with 0 every answer is late. */
  readonly patience?: number;
};

/** A Discord on this machine, with one server and one bot. */
export type Discord = {
  /** What DISCORD_API_URL holds: no version, which discord.js appends. */
  readonly apiUrl: string;
  readonly token: string;
  readonly applicationId: string;
  readonly server: Server;
  /** The person of that name, who is a member of every server. */
  person(name: string, options?: { readonly locale?: string; readonly messages?: Openness }): Person;
  /** Another server. In a read-only one the bot may not post, though it may answer. */
  openServer(name: string, options?: { readonly isReadOnly?: boolean }): Server;
  /** What was wrong with what the bot sent. Each was answered with 400 and code 50035. */
  readonly problems: readonly string[];
  /** Every request, in its order. */
  readonly requests: readonly RequestSeen[];
  /** The application's commands as they were put, with what Discord adds. */
  readonly commands: readonly unknown[];
  /** The next `times` requests that match fail so; one unless said. */
  fail(match: { readonly method?: string; readonly path: RegExp }, how: Failure, times?: number): void;
  /** No failure that is still to come comes. */
  heal(): void;
  /** The next `times` events of interactions and messages are sent twice to each session; one unless said. */
  deliverTwice(times?: number): void;
  /** More requests in a second than that are answered with 429; none are while it is undefined. */
  readonly limits: { perSecond?: number | undefined };
  readonly gateway: Gateway;
  /** How many requests were answered with 401, 403 or 429, shared limits left out. */
  readonly invalidRequests: number;
  /** Ends every connection. Resolves when nothing listens. */
  close(): Promise<void>;
};

/** A request as it came in. */
export type RequestSeen = {
  readonly method: string;
  /** Without /api/v10 and without the query. */
  readonly path: string;
  readonly query: string;
  readonly body: unknown;
  /** How many files came with it. */
  readonly files: number;
  readonly at: Temporal.Instant;
  /** What was answered; undefined while nothing is, and where nothing ever was. */
  readonly status: number | undefined;
};

/** Whom a person lets write to them. */
export type Openness = "open" | "closed" | "no-mutual-server";

/** How a request fails. */
export type Failure =
  | { readonly kind: "error"; readonly status: number; readonly code?: number; readonly message?: string }
  /** In seconds. */
  | { readonly kind: "rate-limit"; readonly retryAfter: number; readonly scope?: "user" | "global" | "shared" }
  /** The connection is reset, and nothing was done. */
  | { readonly kind: "drop-before" }
  /** It is done, and the connection is reset before any answer. */
  | { readonly kind: "drop-after" }
  /** It is done, and the connection is reset in the middle of the answer. */
  | { readonly kind: "half-answer" }
  /** Nothing is done, and no answer ever comes. */
  | { readonly kind: "hang" };

/** The gateway, from the side of Discord. */
export type Gateway = {
  /** Connections that are identified or resumed now, and not frozen. */
  readonly sessions: number;
  readonly identifies: number;
  readonly resumes: number;
  readonly connections: number;
  /** How many were answered. */
  readonly heartbeats: number;
  closeAll(code: number): void;
  /** Reads and answers nothing more on the connections that are open, as a dead line does; new connections are fine. */
  freeze(): void;
  /** Breaks the connections that are open without a goodbye, frozen ones too. */
  cut(): void;
  /** Every event that the latest session was sent, as it went over the line. */
  readonly sent: readonly { readonly t: string; readonly d: Readonly<Record<string, unknown>> }[];
  /** The next event of the fake server's own is sent as what `spoil` makes of it. */
  spoilNext(spoil: (data: Readonly<Record<string, unknown>>) => unknown): void;
  /** Sends every session an event of the test's own making, whatever `data` is. */
  dispatch(name: string, data: unknown): void;
  /** Sends a frame as it is to every session that is on a line. */
  send(frame: string): void;
  /** Asks every session to reconnect. */
  requestReconnect(): void;
  invalidate(isResumable: boolean): void;
  /** New connections are refused with this HTTP status until `accept`. */
  refuse(status: number): void;
  accept(): void;
  /** READY is not sent after the next identifies until `answerIdentify(true)`, which sends what was held back. */
  answerIdentify(does: boolean): void;
  /** After the next resume the last `count` events are sent again though the bot had them. */
  replayOnResume(count: number): void;
  /** What /gateway/bot says of session starts; identifies count it down. */
  sessionStarts: { remaining: number; total: number; resetAfter: number };
  /** Resolves when a session is ready. */
  ready(): Promise<void>;
};

/** A server of Discord, with one text channel. */
export type Server = { readonly id: string; readonly name: string; readonly channel: Place };

/** Where words are exchanged: in a server, with the bot alone, or between people where the bot is only an app of theirs. */
export type Place = { readonly kind: "server" | "dm" | "private"; readonly channelId: string; readonly serverId?: string };

/** A file of words that somebody sends; Discord says that it lies at `url`, where that is given. */
export type SentWords = { readonly name: string; readonly content: string; readonly url?: string };

/** Somebody in front of a screen. */
export type Person = {
  readonly id: string;
  readonly name: string;
  /** Where they write with the bot. */
  readonly dm: Place;
  /** Where they write with somebody else. */
  readonly privately: Place;
  /** Gives a slash command in `where`, the server's channel unless said. Throws where their client would not offer it. */
  slash(command: string, options?: Readonly<Record<string, string>>, where?: Place): Promise<Answer>;
  /** What is offered while `text` stands in `option`. */
  type(command: string, option: string, text: string, others?: Readonly<Record<string, string>>): Promise<readonly Offer[]>;
  /** Presses the button with this label. */
  press(message: Seen, label: string): Promise<Answer>;
  /** Presses a button of the message that says it is another, as a made-up client can. */
  forge(message: Seen, customId: string): Promise<Answer>;
  /** Picks the option with this label of the select menu. */
  pick(message: Seen, label: string): Promise<Answer>;
  /** Fills in a form by the labels of its fields and sends it. Fields that are not named keep what they hold. */
  submit(modal: Modal, fields: Readonly<Record<string, string>>): Promise<Answer>;
  /** Writes a message, to the bot alone unless said; in a server with a mention of the bot unless `isPlain`. */
  say(text: string, where?: Place, options?: { readonly isPlain?: boolean; readonly file?: SentWords }): Promise<Seen>;
  /** All messages that this person can see in `where`, oldest first. */
  screen(where: Place): readonly Seen[];
  /** The next message of the bot in `where` that was neither given by `next` nor as an answer yet. */
  next(where: Place): Promise<Seen>;
  setMessages(openness: Openness): void;
  /** Whether they may manage the channels of servers, as nobody may unless said. */
  setManager(isManager: boolean): void;
  /** Whether they have the bot as an app of their own, as everybody has unless said. */
  setInstalled(isInstalled: boolean): void;
};

/** What is offered while somebody types. */
export type Offer = { readonly name: string; readonly value: string };

/** What came of a command, a press or a form. */
export type Answer =
  | { readonly kind: "message"; readonly message: Seen }
  | { readonly kind: "modal"; readonly modal: Modal }
  /** It was acknowledged, and nothing followed. */
  | { readonly kind: "nothing" }
  | { readonly kind: "failed"; readonly why: string };

/** A form on somebody's screen. */
export type Modal = {
  readonly title: string;
  readonly customId: string;
  readonly fields: readonly Field[];
  /** The interaction that opened it. */
  readonly openedBy: string;
};

/** A field of a form. */
export type Field = { readonly label: string; readonly value: string; readonly customId: string };

/** A message as a person sees it. */
export type Seen = {
  readonly id: string;
  readonly place: Place;
  readonly isFromBot: boolean;
  /** Only one person sees it. */
  readonly isPrivate: boolean;
  /** All words that are shown, a line each, as they were sent. */
  readonly text: string;
  /** Labels, in their order. */
  readonly buttons: readonly string[];
  readonly menu: readonly MenuOption[];
  readonly pictures: readonly Picture[];
  /** Made of Components V2. */
  readonly isRich: boolean;
  readonly nonce: string | undefined;
  /** As Discord's API gives it. */
  readonly raw: unknown;
  readonly edits: number;
};

/** An option of a select menu. */
export type MenuOption = { readonly label: string; readonly value: string; readonly description?: string };

/** A picture that was uploaded with a message. */
export type Picture = { readonly name: string; readonly description: string | undefined; readonly bytes: Uint8Array };
