/** What everybody is going to do, the next first. */

import type { Step, Stream } from "./habits.ts";
import type { Simulated } from "./people.ts";

/** A step, and whose it is. */
export type Planned = Step & { readonly one: Simulated };

/** The steps of everybody, in one order of time. */
export type Agenda = {
  /** The next step; undefined when nobody will do anything any more. */
  peek(): Planned | undefined;
  /** Takes the next step away, once it was done, and asks its stream for the one after it. */
  advance(): void;
};

type Entry = Planned & { readonly stream: Stream; readonly order: number };

/** The agenda of `people`: a heap, since there are thousands of streams and every step touches one. */
export function createAgenda(people: readonly Simulated[]): Agenda {
  const heap: Entry[] = [];
  const isBefore = (one: Entry | undefined, other: Entry | undefined): boolean =>
    one !== undefined && other !== undefined && (one.at === other.at ? one.order < other.order : one.at < other.at);
  const swap = (one: number, other: number): void => {
    const [first, second] = [heap[one], heap[other]];
    if (first && second) [heap[one], heap[other]] = [second, first];
  };
  const rise = (place: number): void => {
    const above = (place - 1) >> 1;
    if (place === 0 || !isBefore(heap[place], heap[above])) return;
    swap(place, above);
    rise(above);
  };
  const sink = (place: number): void => {
    const [left, right] = [2 * place + 1, 2 * place + 2];
    const least = isBefore(heap[right], heap[left]) ? right : left;
    if (!isBefore(heap[least], heap[place])) return;
    swap(place, least);
    sink(least);
  };
  const put = (one: Simulated, stream: Stream, order: number, now: number): void => {
    const next = stream.next();
    if (next.done === true) return;
    // A step that was planned in another time zone may lie back by now.
    heap.push({ ...next.value, at: Math.max(next.value.at, now), one, stream, order });
    rise(heap.length - 1);
  };
  for (const [order, { one, stream }] of people.flatMap((one) => one.streams.map((stream) => ({ one, stream }))).entries())
    put(one, stream, order, 0);
  return {
    peek: () => heap[0],
    advance() {
      const done = heap[0];
      const last = heap.pop();
      if (!done || !last) return;
      if (heap.length > 0) {
        heap[0] = last;
        sink(0);
      }
      put(done.one, done.stream, done.order, done.at + 1);
    },
  };
}
