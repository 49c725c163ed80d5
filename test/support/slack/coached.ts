/** The coach on Slack with all of its parts in this process: real store, real Bolt, and a Slack on this machine. */

import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import type { PlatformName } from "#core/brand.ts";
import type { TimeZone } from "#core/time.ts";
import { createCoach } from "#src/coach.ts";
import type { Adapter, LogFields, Store } from "#src/ports.ts";
import { openSqlite } from "#src/store/sqlite.ts";
import { createSlack } from "../../../adapters/slack/index.ts";
import type { Patience } from "../../../adapters/slack/session.ts";
import { temporaryFolder } from "../program.ts";
import { openSlack } from "./server.ts";
import type { Person, Seen, Slack } from "./types.ts";

/** A coach on Slack. Its clock is turned by hand. */
export type Coached = {
  readonly slack: Slack;
  readonly adapter: Adapter;
  readonly store: Store;
  readonly ann: Person;
  readonly bo: Person;
  /** What the operator is told. */
  readonly told: readonly string[];
  /** The events that were logged. */
  readonly logged: readonly string[];
  logs(event: string): Promise<void>;
  turn(duration: Temporal.DurationLike): void;
  now(): Temporal.Instant;
  /** What the bot shows somebody next, after `act`: in the channel, or in their conversation. */
  answerTo(act: () => Promise<void>, person?: Person, place?: string): Promise<Seen>;
  /** The minutes that are recorded for somebody; undefined for who is not known. */
  minutesOf(person: Person): Promise<number | undefined>;
};

/** What may be different: how long the connection waits for what, and what stands between the store and the coach. */
export type CoachedOptions = { readonly waits?: Partial<Patience>; readonly spoil?: (store: Store) => Store };

/** A Slack and the coach on it, on a Wednesday noon in Berlin. Both end with the test, which sees that nothing wrong was sent. */
export async function aCoach({ waits = {}, spoil = (store) => store }: CoachedOptions = {}): Promise<Coached> {
  // The history of a Slack goes by its own clock, which is this machine's.
  let now = Temporal.Now.instant();
  const clock = { now: () => now };
  const slack = await openSlack();
  onTestFinished(slack.close);
  const { store } = openSqlite({ path: join(temporaryFolder(), "coach.db") });
  onTestFinished(() => store.close());
  const logged: string[] = [];
  const note = (event: string, fields: LogFields = {}): void => void logged.push(event, ...Object.values(fields).map(String));
  const log = { info: note, warn: note, error: note };
  let ids = 0;
  const freshId = (): string => `id-${String((ids += 1)).padStart(4, "0")}`;
  const coach = createCoach({ store: spoil(store), clock, log, freshId, timeZone: "Europe/Berlin" as TimeZone, spread: 0 });
  const told: string[] = [];
  const paint = async (): Promise<Uint8Array> => new Uint8Array([137, 80, 78, 71]);
  const { botToken, appToken, apiUrl } = slack;
  const tell = (line: string): void => void told.push(line);
  const adapter = createSlack({ botToken, appToken, apiUrl, prefix: "", clock, log, paint, tell, patience: waits });
  onTestFinished(async () => {
    slack.heal();
    await adapter.stop();
    expect(slack.problems).toEqual([]);
  });
  await adapter.start(coach);
  const ann = slack.person("ann");
  return {
    slack,
    adapter,
    store,
    ann,
    bo: slack.person("bo"),
    told,
    logged,
    logs: async (event) => await expect.poll(() => logged, { timeout: 10_000, interval: 10 }).toContain(event),
    turn: (duration) => void (now = now.add(duration)),
    now: () => now,
    async answerTo(act, person = ann, place = slack.channel) {
      const fromBot = (): readonly Seen[] => person.screen(place).filter(({ isFromBot }) => isFromBot);
      const before = fromBot().length;
      await act();
      await expect.poll(() => fromBot().length, { timeout: 8000, interval: 10 }).toBeGreaterThan(before);
      const said = fromBot()[before];
      if (!said) throw new Error("Wait for an answer: it must come");
      return said;
    },
    async minutesOf({ id }) {
      const found = await store.findUser({ platform: "slack" as PlatformName, id: `${slack.teamId} ${id}`, name: "" });
      const sessions = found && (await store.page(found.user.id, { skip: 0, limit: 100 }));
      return sessions?.reduce((sum, { minutes }) => sum + minutes, 0);
    },
  };
}
