/** For how long a connection is out, so that the log says when it is over. */

/** One connection. */
export type Outage = {
  /** It is out from now on, unless it was before. */
  begin(): void;
  /** It is back: after how many whole seconds; undefined where it was not out. */
  end(): number | undefined;
};

/** A connection that is not out, by a clock that nobody turns. */
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
