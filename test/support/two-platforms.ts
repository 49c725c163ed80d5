/** A coach on two fake platforms, for users with an account on both. */

import type { Address, PlatformName, MessageId } from "#core/lib/ids.ts";
import type { TimeZone } from "#core/lib/time.ts";
import { plainText, type Reply } from "#core/model/reply.ts";
import { createCoach } from "#src/app/coach.ts";
import { createOutbox } from "#src/app/outbox/outbox.ts";
import type { Adapter } from "#src/ports/adapter.ts";
import type { Store } from "#src/ports/store.ts";
import { createLinkCodeGenerator } from "#src/runtime/link-codes.ts";
import { createMemoryStore } from "./model-store/store.ts";

/** The account of a message, and whether the channel is shared. */
export type Where = { readonly on?: string; readonly name?: string; readonly isShared?: boolean };

/** Creates a coach on Discord and Slack, and records what is sent on each. */
export function twoPlatforms(store: Store = createMemoryStore()) {
  let [now, count] = [Temporal.Instant.from("2026-11-25T11:00:00Z"), 0];
  const freshId = (): string => `id-${String((count += 1)).padStart(5, "0")}`;
  const warnings: string[] = [];
  const log = { info: () => {}, warn: (event: string) => void warnings.push(event), error: (event: string) => void warnings.push(event) };
  const clock = { now: () => now };
  const gone = new Set<PlatformName>();
  const coach = createCoach({
    store,
    clock,
    log,
    freshId,
    gone,
    linkCodes: createLinkCodeGenerator(),
    timeZone: "Europe/Berlin" as TimeZone,
    jitter: 0,
  });
  const sent: string[] = [];
  const adapterOf = (platform: string): Adapter => ({
    async start() {},
    async send({ address }, reply) {
      sent.push(`${platform} ${address}: ${plainText(reply)}`);
      return { kind: "sent" };
    },
    async remove() {
      return { kind: "gone", code: "none" };
    },
    async edit() {
      return { kind: "gone", code: "none" };
    },
    recognisesFor: Temporal.Duration.from({ seconds: 0 }),
    ended: Promise.resolve(),
    async stop() {},
  });
  const adapters = new Map(["discord", "slack"].map((name) => [name as PlatformName, adapterOf(name)]));
  const outbox = createOutbox({ store, clock, log, adapters, random: () => 0.5 });
  const choices = new Map<string, Reply>();
  const say = async (text: string, { on = "discord", name = "ann", isShared = false }: Where = {}): Promise<string> => {
    const platform = on as PlatformName;
    const surface = { platform, address: name as Address, reach: isShared ? "shared" : "direct" } as const;
    const account = { platform, id: name, name };
    const reply = (await coach.handle({ source: freshId() as MessageId, account, surface, text })) ?? { blocks: [] };
    choices.set(`${on} ${name}`, reply);
    return plainText(reply);
  };
  const press = async (label: string, where: Where = {}): Promise<string> => {
    const reply = choices.get(`${where.on ?? "discord"} ${where.name ?? "ann"}`);
    const all = reply?.blocks.flatMap((block) => (block.kind === "choices" ? block.choices : [])) ?? [];
    return await say(all.find((choice) => choice.label === label)?.says ?? `no button "${label}"`, where);
  };
  const code = async (where: Where = {}): Promise<string> =>
    /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}/u.exec(await say("/link", where))?.[0] ?? "none";
  return {
    say,
    press,
    code,
    sent,
    store,
    warnings,
    /** Simulates a platform that has refused the bot for good. */
    lose(platform: string): void {
      adapters.delete(platform as PlatformName);
      gone.add(platform as PlatformName);
    },
    turn: (duration: Temporal.DurationLike) => (now = now.add(duration)),
    deliver: () => outbox.deliver(),
    async tick() {
      await coach.evaluateDuePrompts();
      await outbox.deliver();
    },
    async linkUp(made: Where, typedOn: Where): Promise<string> {
      await say(`link ${await code(made)}`, typedOn);
      return await press("Join", typedOn);
    },
  };
}
