/** Measures how long a connection is down, for the log. */

/** The outage of one connection. */
export type Outage = {
  /** Marks the connection as down; does nothing if it is down already. */
  begin(): void;
  /** Marks the connection as up. Returns the whole seconds it was down; undefined if it was up. */
  end(): number | undefined;
};

/** Creates the outage of a connection that is up. `now` is a monotonic clock in milliseconds. */
export function createOutage(now: () => number = () => performance.now()): Outage {
  let since: number | undefined;
  return {
    begin: () => void (since ??= now()),
    end() {
      const seconds = since === undefined ? undefined : Math.round((now() - since) / 1000);
      since = undefined;
      return seconds;
    },
  };
}
