/** The platform that the simulated coach talks on: it records every try, and behaves as its weather is. */

import { plainText } from "#core/model/reply.ts";
import type { Adapter, SendResult } from "#src/ports/adapter.ts";
import type { Person } from "./acts.ts";
import { fractionOf } from "./chance.ts";
import type { Attempt } from "./chronicle.ts";
import { minute } from "./wall.ts";
import { answerTo, type Trouble } from "./weather.ts";

/** What the platform is like. */
export type PlatformOptions = {
  readonly seed: string;
  readonly troubles: readonly Trouble[];
  /** For how many minutes it recognises a key again. */
  readonly recognisesFor: number;
  readonly people: ReadonlyMap<string, Person>;
  readonly now: () => number;
};

/** A platform, and every try that it saw. */
export type Platform = { readonly adapter: Adapter; readonly attempts: readonly Attempt[] };

/** A platform that nothing was sent on yet. */
export function createPlatform({ seed, troubles, recognisesFor, people, now }: PlatformOptions): Platform {
  const attempts: Attempt[] = [];
  const tries = new Map<string, number>();
  const shownAt = new Map<string, number>();
  const show = (key: string, at: number): boolean => {
    const before = shownAt.get(key);
    if (before !== undefined && at < before + recognisesFor * minute) return false;
    shownAt.set(key, at);
    return true;
  };
  const adapter: Adapter = {
    async start() {},
    async send({ address }, reply, key) {
      const at = now();
      const count = (tries.get(key) ?? 0) + 1;
      tries.set(key, count);
      const person = people.get(address);
      const isClosed = person?.journal.closed.some(({ from, until }) => from <= at && at < until) ?? true;
      const answer = isClosed ? ({ kind: "closed" } as const) : answerTo(`${seed} ${key} ${count}`, at, troubles);
      const arrives = answer.kind === "sent" || (answer.kind === "unknown" && fractionOf(`${seed} ${key} ${count} arrives`) < 0.5);
      const isShown = arrives && show(key, at);
      if (isShown && person && key.startsWith("weekly")) person.heardAt = at;
      const { kind: result, ...rest } = answer;
      attempts.push({ at, name: address, key, result, ...rest, isShown, words: plainText(reply) });
      return resultOf(answer);
    },
    edit: async () => ({ kind: "edited" }),
    remove: async () => ({ kind: "removed" }),
    recognisesFor: Temporal.Duration.from({ minutes: recognisesFor }),
    ended: Promise.resolve(),
    async stop() {},
  };
  return { adapter, attempts };
}

function resultOf(answer: { readonly kind: SendResult["kind"]; readonly after?: number }): SendResult {
  switch (answer.kind) {
    case "later":
      return answer.after === undefined
        ? { kind: "later" }
        : { kind: "later", after: Temporal.Duration.from({ milliseconds: answer.after }) };
    case "refused":
      return { kind: "refused", code: "simulated" };
    case "sent":
    case "closed":
    case "unknown":
      return { kind: answer.kind };
  }
}
