/** The coach on Slack in this process: real store, real Bolt, and a fake Slack. */

import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import type { Address, PlatformName } from "#core/lib/ids.ts";
import type { TimeZone } from "#core/lib/time.ts";
import { createCoach } from "#src/app/coach.ts";
import { createInstallations } from "#src/app/installations.ts";
import { createOutbox } from "#src/app/outbox/outbox.ts";
import type { Adapter, Surface } from "#src/ports/adapter.ts";
import type { Clock, LogFields } from "#src/ports/runtime.ts";
import type { Store } from "#src/ports/store.ts";
import { createTokenCipher } from "#src/runtime/token-cipher.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import type { Patience } from "../../../adapters/slack/connection.ts";
import { createSlack } from "../../../adapters/slack/index.ts";
import { temporaryFolder } from "../program.ts";
import { openSlack } from "./server.ts";
import type { Person, Seen, Slack, SlackOptions, Workspace } from "./types.ts";

/** A coach on Slack. Tests set its clock. */
export type CoachOnSlack = {
  readonly slack: Slack;
  readonly adapter: Adapter;
  readonly store: Store;
  readonly ann: Person;
  readonly bo: Person;
  /** Notices to the operator. */
  readonly told: readonly string[];
  /** The logged events. */
  readonly logged: readonly string[];
  logs(event: string): Promise<void>;
  /** Sends everything that is due. */
  deliver(): Promise<void>;
  turn(duration: Temporal.DurationLike): void;
  now(): Temporal.Instant;
  /** The next message that the bot shows somebody after `act`: in the channel, or in their direct conversation. */
  answerTo(act: () => Promise<void>, person?: Person, place?: string): Promise<Seen>;
  /** The minutes recorded for somebody; undefined for an unknown user. */
  minutesOf(person: Person): Promise<number | undefined>;
};

/** Options: the timeouts of the connection, and a wrapper of the store. */
export type CoachOnSlackOptions = {
  readonly waits?: Partial<Patience>;
  readonly spoil?: (store: Store) => Store;
  /** Milliseconds for which an answer is retried. */
  readonly answerWait?: number;
  readonly renderPng?: (svg: string) => Promise<Uint8Array>;
};

const aPicture = async (): Promise<Uint8Array> => new Uint8Array([137, 80, 78, 71]);

/**
 * Opens a Slack and the coach on it in Socket Mode, on a Wednesday noon in Berlin. Both are closed after the test, which fails if the bot
 * sent anything invalid.
 */
export async function openCoachOnSlack({ waits = {}, ...options }: CoachOnSlackOptions = {}): Promise<CoachOnSlack> {
  const slack = await openSlack();
  const running = await raise(slack, options, () => ({ botToken: slack.botToken, appToken: slack.appToken, patience: waits }));
  const ann = slack.person("ann");
  return { ...running, ann, bo: slack.person("bo"), ...watching(slack, running.store, ann) };
}

/** The coach on Slack over HTTP. */
export type HostedCoachOnSlack = Omit<CoachOnSlack, "ann" | "bo" | "answerTo" | "minutesOf"> & {
  /** The origin of the coach. */
  readonly origin: string;
  /** The people of a workspace by its index, and what they see and have recorded. */
  at(place: number): Pick<CoachOnSlack, "ann" | "bo" | "answerTo" | "minutesOf"> & { readonly workspace: Workspace };
};

/** Options: the workspaces of Slack, and a wrapper of the store. */
export type HostedCoachOnSlackOptions = SlackOptions & Pick<CoachOnSlackOptions, "spoil">;

/** Opens a Slack with many workspaces and the coach on it over HTTP, not yet installed anywhere. */
export async function openHostedCoachOnSlack({ spoil, ...options }: HostedCoachOnSlackOptions = {}): Promise<HostedCoachOnSlack> {
  const slack = await openSlack({ workspaces: 2, ...options });
  const running = await raise(slack, spoil ? { spoil } : {}, (store, clock) => httpOptions(slack, store, clock));
  const origin = originIn(running.told);
  await slack.http.aim(origin);
  return {
    ...running,
    origin,
    at(place) {
      const workspace = slack.workspace(place);
      const ann = workspace.person("ann");
      return { workspace, ann, bo: workspace.person("bo"), ...watching(workspace, running.store, ann) };
    },
  };
}

/** The encryption key of stored tokens. */
export const tokenKey = new Uint8Array(32).fill(7);

/** The stored installation; undefined if there is none. */
export async function kept({ store }: Pick<HostedCoachOnSlack, "store">, home: string): Promise<string | undefined> {
  const found = await store.findInstallation("slack" as PlatformName, home);
  return found && createTokenCipher([tokenKey]).decrypt(found.encryptedToken, `slack ${home}`);
}

/** The surface for direct messages to somebody. */
export function to(home: string, { id }: Person): Surface {
  return { platform: "slack" as PlatformName, address: `${home} ${id}` as Address, reach: "direct" };
}

/** The options of the coach on `slack` over HTTP. */
export function httpOptions(slack: Slack, store: Store, clock: Clock) {
  const { clientId, clientSecret } = slack.oauth;
  const cipher = createTokenCipher([tokenKey]);
  return {
    signingSecret: slack.http.signingSecret,
    clientId,
    clientSecret,
    stateSecret: "any random words",
    host: "127.0.0.1",
    port: 0,
    installations: createInstallations({ store, clock, cipher, platform: "slack" as PlatformName }),
  };
}

/** The origin of the coach, from its notice to the operator. */
export function originIn(told: readonly string[]): string {
  const origin = /http:\/\/127\.0\.0\.1:\d+/u.exec(told.join("\n"))?.[0];
  if (origin) return origin;
  throw new Error(`Find out where the coach listens: it must tell, and told ${told.join("; ")}`);
}

type Way = ReturnType<typeof httpOptions> | { readonly botToken: string; readonly appToken: string; readonly patience: Partial<Patience> };
type RunningCoach = Omit<CoachOnSlack, "ann" | "bo" | "answerTo" | "minutesOf">;

async function raise(
  slack: Slack,
  options: Omit<CoachOnSlackOptions, "waits">,
  way: (store: Store, clock: Clock) => Way,
): Promise<RunningCoach> {
  const { spoil = (store: Store) => store, renderPng = aPicture, answerWait } = options;
  onTestFinished(slack.close);
  // Slack's history uses Slack's own clock, which is this machine's.
  let now = Temporal.Now.instant();
  const clock = { now: () => now };
  const { store } = openSqlite({ path: join(temporaryFolder(), "coach.db") });
  onTestFinished(() => store.close());
  const logged: string[] = [];
  const note = (event: string, fields: LogFields = {}): void => void logged.push(event, ...Object.values(fields).map(String));
  const log = { info: note, warn: note, error: note };
  let ids = 0;
  const freshId = (): string => `id-${String((ids += 1)).padStart(4, "0")}`;
  const coach = createCoach({ store: spoil(store), clock, log, freshId, timeZone: "Europe/Berlin" as TimeZone, jitter: 0 });
  const told: string[] = [];
  const tell = (line: string): void => void told.push(line);
  const adapter = createSlack({ ...way(store, clock), apiUrl: slack.apiUrl, prefix: "", clock, log, renderPng, tell, answerWait });
  const outbox = createOutbox({ store, clock, log, adapters: new Map([["slack" as PlatformName, adapter]]), random: () => 0.5 });
  onTestFinished(async () => {
    slack.heal();
    await adapter.stop();
    expect(slack.problems).toEqual([]);
  });
  await adapter.start(coach);
  return {
    slack,
    adapter,
    store,
    told,
    logged,
    deliver: outbox.deliver,
    logs: async (event) => await expect.poll(() => logged, { timeout: 10_000, interval: 10 }).toContain(event),
    turn: (duration) => void (now = now.add(duration)),
    now: () => now,
  };
}

function watching(
  { channel, teamId }: Pick<Workspace, "channel" | "teamId">,
  store: Store,
  ann: Person,
): Pick<CoachOnSlack, "answerTo" | "minutesOf"> {
  return {
    async answerTo(act, person = ann, place = channel) {
      const fromBot = (): readonly Seen[] => person.screen(place).filter(({ isFromBot }) => isFromBot);
      const before = fromBot().length;
      await act();
      await expect.poll(() => fromBot().length, { timeout: 8000, interval: 10 }).toBeGreaterThan(before);
      const said = fromBot()[before];
      if (!said) throw new Error("Wait for an answer: it must come");
      return said;
    },
    async minutesOf({ id }) {
      const found = await store.findUser({ platform: "slack" as PlatformName, id: `${teamId} ${id}`, name: "" });
      const sessions = found && (await store.page(found.user.id, { skip: 0, limit: 100 }));
      return sessions?.reduce((sum, { minutes }) => sum + minutes, 0);
    },
  };
}
