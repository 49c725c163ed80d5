/** Calls that go wrong on purpose. */

import type { ServerResponse } from "node:http";
import type { Fault } from "./types.ts";

type Homes = readonly (string | undefined)[] | undefined;

/** Faults that wait for their calls. */
export function createFaults() {
  const waiting: { method: string; homes: Homes; fault: Fault; left: number }[] = [];
  const hanging = new Set<ServerResponse>();
  const hurrying = new Set<() => void>();
  return {
    /** Calls from one of `homes` alone where they are said. */
    add: (method: string, fault: Fault, left: number, homes?: Homes): void => void waiting.push({ method, homes, fault, left }),
    take(method: string, home: string | undefined): Fault | undefined {
      const found = waiting.find((one) => one.method === method && one.left > 0 && (!one.homes || one.homes.includes(home)));
      if (found) found.left -= 1;
      return found?.fault;
    },
    /** Answers as `fault` says. False where it is to be done first. */
    async commit(fault: Fault, response: ServerResponse): Promise<boolean> {
      switch (fault.kind) {
        case "error":
          response.end(JSON.stringify({ ok: false, error: fault.error }));
          return true;
        case "status": {
          const { status, retryAfter } = fault;
          response.writeHead(status, retryAfter === undefined ? {} : { "retry-after": retryAfter }).end("no");
          return true;
        }
        case "hang":
          hanging.add(response);
          return true;
        case "drop":
          response.destroy();
          return true;
        case "done-then-drop":
          return false;
        case "slow": {
          const { promise, resolve } = Promise.withResolvers<void>();
          hurrying.add(resolve);
          const timer = setTimeout(resolve, fault.after);
          await promise;
          clearTimeout(timer);
          hurrying.delete(resolve);
          return false;
        }
      }
    },
    heal(): void {
      waiting.splice(0);
      for (const response of hanging) response.destroy();
      hanging.clear();
      for (const onPending of hurrying) onPending();
    },
  };
}
