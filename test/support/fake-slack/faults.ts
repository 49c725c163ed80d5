/** Injects faults into calls. */

import type { ServerResponse } from "node:http";
import type { Fault } from "./types.ts";

type Homes = readonly (string | undefined)[] | undefined;

/** Creates the queue of pending faults. */
export function createFaults() {
  const waiting: { method: string; homes: Homes; fault: Fault; left: number }[] = [];
  const hanging = new Set<ServerResponse>();
  const hurrying = new Set<() => void>();
  return {
    /** Restricted to calls from `homes`, if given. */
    add: (method: string, fault: Fault, left: number, homes?: Homes): void => void waiting.push({ method, homes, fault, left }),
    take(method: string, home: string | undefined): Fault | undefined {
      const found = waiting.find((one) => one.method === method && one.left > 0 && (!one.homes || one.homes.includes(home)));
      if (found) found.left -= 1;
      return found?.fault;
    },
    /** Answers with `fault`. False if the call must be done first. */
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
