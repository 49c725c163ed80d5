/** Preload for a program. Sets its clock to CLOCK_AT, from where it runs on. */

import { env } from "node:process";

const at = env["CLOCK_AT"];
if (at) turnTo(Temporal.Instant.from(at));

/** The system's clock is unchanged. Only this process sees another time. */
function turnTo(instant: Temporal.Instant): void {
  const read = Temporal.Now.instant;
  const ahead = read().until(instant);
  const now = (): Temporal.Instant => read().add(ahead);
  Object.assign(Temporal.Now, { instant: now });
  // oxlint-disable-next-line no-restricted-globals -- The libraries that tick for us read it.
  const Real = globalThis.Date;
  const turned = new Proxy(Real, {
    construct: (of, given) => (given.length === 0 ? new of(now().epochMilliseconds) : (Reflect.construct(of, given) as object)),
    get: (of, name) => (name === "now" ? () => now().epochMilliseconds : (Reflect.get(of, name) as unknown)),
  });
  Object.assign(globalThis, { ["Date"]: turned });
}
