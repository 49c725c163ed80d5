/** Calls that go wrong on purpose. */

import type { ServerResponse } from "node:http";
import type { Fault } from "./types.ts";

/** Faults that wait for their calls. */
export function createFaults() {
  const waiting: { method: string; fault: Fault; left: number }[] = [];
  const hanging = new Set<ServerResponse>();
  return {
    add: (method: string, fault: Fault, left: number): void => void waiting.push({ method, fault, left }),
    take(method: string): Fault | undefined {
      const found = waiting.find((one) => one.method === method && one.left > 0);
      if (found) found.left -= 1;
      return found?.fault;
    },
    /** Answers as `fault` says. False where it is to be done first. */
    commit(fault: Fault, response: ServerResponse): boolean {
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
      }
    },
    heal(): void {
      waiting.splice(0);
      for (const response of hanging) response.destroy();
      hanging.clear();
    },
  };
}
