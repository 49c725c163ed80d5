/** Somebody to whom something is due, and what became of it. */

import type { PlatformName } from "#core/lib/ids.ts";
import type { DirectMessage } from "#core/model/outbox-message.ts";
import type { SendResult } from "#src/ports/adapter.ts";
import type { Store } from "#src/ports/store.ts";
import { createTestCoach, type Sent, type TestCoach, type TestOptions } from "../support/coach.ts";
import { createMemoryStore } from "../support/model-store/store.ts";

/** When the feedback of `feedbackDue` is due, in Berlin. */
export const monday = "2026-11-30T08:00:00+01:00";

/** A coach on the Monday on which ann's feedback is due, which is all that she wants; she has logged 20 minutes in the week before. */
export async function feedbackDue(options?: TestOptions): Promise<TestCoach> {
  const coach = createTestCoach(options);
  await coach.hear("20 strength");
  await coach.hear("/settings nudges off");
  await coach.travelTo("2026-11-30T07:59:00+01:00");
  coach.turnTo(monday);
  return coach;
}

/** So long after `instant`. */
export function later(instant: string, duration: Temporal.DurationLike): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO("UTC").add(duration).toInstant().toString();
}

/** A platform that gives `answers` one after the other, the last for ever, and what it was asked. */
export function answering({ answerWith }: TestCoach, ...answers: readonly SendResult["kind"][] | readonly SendResult[]): readonly Sent[] {
  const asked: Sent[] = [];
  answerWith((one) => {
    asked.push(one);
    const answer = answers[Math.min(asked.length, answers.length) - 1] ?? "sent";
    if (typeof answer !== "string") return answer;
    return answer === "refused" ? { kind: answer, code: "50035" } : { kind: answer };
  });
  return asked;
}

/** The latest deliveries of somebody, the newest first. */
export async function deliveriesOf({ store }: TestCoach, name = "ann"): Promise<readonly DirectMessage[]> {
  const found = await store.findUser({ platform: "console" as PlatformName, id: name, name });
  return found ? await store.deliveries(found.user.id, 100) : [];
}

/** The same as "weekly 2026-11-23 suppressed: paused". */
export async function endsOf(coach: TestCoach, name?: string): Promise<readonly string[]> {
  const deliveries = await deliveriesOf(coach, name);
  return deliveries.map(({ kind, localDate, state, reason }) => `${kind} ${localDate.toString()} ${state}${reason ? `: ${reason}` : ""}`);
}

/** A store that forgets, and fails when it is told to: the next time that `what` is asked of it, or that a change of that kind comes first. */
export function failingStore(): { readonly store: Store; readonly failAt: (what: string) => void } {
  const store = createMemoryStore();
  const awaited = new Set<string>();
  const fail = (what: string | undefined): void => {
    if (what !== undefined && awaited.delete(what)) throw new Error("The disk is full of 20 min strength");
  };
  return {
    failAt: (what) => void awaited.add(what),
    store: {
      ...store,
      async commit(changes) {
        fail(changes[0]?.kind);
        return await store.commit(changes);
      },
      async findAddressee(userId) {
        fail("findAddressee");
        return await store.findAddressee(userId);
      },
    },
  };
}
