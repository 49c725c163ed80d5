import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BucketLimits, fullAfter, fullBucket, refilled, taken } from "#core/lib/token-bucket.ts";
import { createRateLimit, type Taken } from "#src/app/rate-limit.ts";

const limits = fc.record({
  burst: fc.integer({ min: 1, max: 50 }),
  perSecond: fc.integer({ min: 1, max: 40 }).map((tenths) => tenths / 10),
});
/** Milliseconds from one request to the next. Some are at the same moment, and now and then there is a long pause. */
const pauses = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 200_000 })), {
  minLength: 1,
  maxLength: 200,
});

/** A rate limit, and a clock that is turned by hand. */
function aLimit(of: BucketLimits, most = 100) {
  let now = 0;
  return {
    ...createRateLimit({ ...of, most, monotonic: () => now }),
    turn: (milliseconds: number) => void (now += milliseconds),
    now: () => now,
  };
}

describe("a token bucket", () => {
  test("never gives more than its burst and what flowed in, over any stretch of time", () => {
    fc.assert(
      fc.property(limits, pauses, (of, waits) => {
        const limit = aLimit(of);
        const granted: number[] = [];
        for (const wait of waits) {
          limit.turn(wait);
          if (limit.take("eve") === "granted") granted.push(limit.now());
        }
        for (const [from, first] of granted.entries())
          for (const [to, last] of granted.slice(from).entries())
            expect(to + 1).toBeLessThanOrEqual(of.burst + ((last - first) / 1000) * of.perSecond + 1e-6);
      }),
    );
  });

  test("refuses nobody who stays within its rate, and is full again after a while", () => {
    fc.assert(
      fc.property(limits, fc.integer({ min: 1, max: 300 }), (of, count) => {
        const limit = aLimit(of);
        const steady = Array.from({ length: count }, (): Taken => {
          limit.turn(Math.ceil(1000 / of.perSecond));
          return limit.take("ann");
        });
        expect(new Set(steady)).toEqual(new Set(["granted"]));
        while (limit.take("ann") === "granted");
        limit.turn(Math.ceil(fullAfter(of)));
        const burst = Array.from({ length: of.burst + 1 }, () => limit.take("ann"));
        expect(burst).toEqual([...Array<Taken>(of.burst).fill("granted"), "emptied"]);
      }),
    );
  });

  test("holds between nothing and its burst, whatever the clock does", () => {
    fc.assert(
      fc.property(limits, fc.array(fc.record({ at: fc.integer(), cost: fc.integer({ min: 0, max: 60 }) })), (of, asked) => {
        let bucket = fullBucket(of, 0);
        for (const { at, cost } of asked) {
          const current = refilled(bucket, at, of);
          expect(current.at).toBeGreaterThanOrEqual(bucket.at);
          bucket = taken(current, cost) ?? current;
          expect(bucket.tokens).toBeGreaterThanOrEqual(0);
          expect(bucket.tokens).toBeLessThanOrEqual(of.burst);
        }
      }),
    );
  });
});

describe("a rate limit", () => {
  test("says once that a bucket is empty, and again only after half of it was back", () => {
    const limit = aLimit({ burst: 4, perSecond: 1 });
    const ask = (): Taken => limit.take("eve");
    expect([ask(), ask(), ask(), ask(), ask(), ask()]).toEqual(["granted", "granted", "granted", "granted", "emptied", "empty"]);
    limit.turn(1000);
    expect([ask(), ask()]).toEqual(["granted", "empty"]);
    limit.turn(2000);
    expect([ask(), ask(), ask(), ask()]).toEqual(["granted", "granted", "emptied", "empty"]);
  });

  test("keeps the buckets of two keys apart", () => {
    const limit = aLimit({ burst: 1, perSecond: 1 });
    expect([limit.take("eve"), limit.take("eve"), limit.take("bo")]).toEqual(["granted", "emptied", "granted"]);
  });

  test("keeps no bucket that is full again, and never more than it may", () => {
    fc.assert(
      fc.property(
        limits,
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.record({ key: fc.integer({ min: 0, max: 60 }), wait: fc.integer({ min: 0, max: 2000 }) }), { maxLength: 300 }),
        (of, most, asked) => {
          const limit = aLimit(of, most);
          const used = new Map<number, number>();
          for (const { key, wait } of asked) {
            limit.turn(wait);
            limit.take(String(key));
            used.set(key, limit.now());
            const recent = Array.from(used.values()).filter((at) => limit.now() - at < fullAfter(of));
            expect(limit.size()).toBeLessThanOrEqual(Math.min(most, recent.length));
          }
        },
      ),
    );
  });

  test("forgets whoever was least recently there, and nobody who is, when there are too many", () => {
    const limit = aLimit({ burst: 1, perSecond: 0.001 }, 2);
    limit.take("eve");
    limit.take("bo");
    expect(limit.take("eve")).toBe("emptied");
    limit.take("cy");
    expect(limit.take("eve")).toBe("empty");
    expect(limit.take("bo")).toBe("granted");
  });
});
