/** Every answer with which Discord refuses something, and what becomes of a message then. */

import { DiscordAPIError, HTTPError, RateLimitError } from "discord.js";
import { describe, expect, test } from "vitest";
import { classify } from "../../../adapters/discord/errors.ts";

const url = "http://127.0.0.1/api/v10/channels/1/messages";

function refused(status: number, code: number): DiscordAPIError {
  return new DiscordAPIError({ code, message: "no" }, code, status, "POST", url, { body: {}, files: [] });
}

describe("classify takes", () => {
  test.each<readonly [code: number, status: number, means: string]>([
    [50007, 403, "closed"],
    [50278, 403, "closed"],
    [10013, 404, "closed"],
    [50001, 403, "channel-gone"],
    [10003, 404, "channel-gone"],
    [10008, 404, "done"],
    [10062, 404, "expired"],
    [40060, 400, "expired"],
    [50027, 401, "expired"],
    [10015, 404, "expired"],
    [40003, 403, "throttled"],
    [20026, 403, "throttled"],
    [0, 401, "auth-revoked"],
    [50035, 400, "refused"],
    [200000, 400, "refused"],
    [240000, 403, "refused"],
    [50013, 403, "refused"],
    [50008, 400, "refused"],
    [160002, 400, "refused"],
    [40058, 400, "refused"],
    [0, 403, "refused"],
    [0, 404, "refused"],
    [999999, 400, "refused"],
    [0, 500, "ambiguous"],
    [130000, 503, "ambiguous"],
  ])("code %i with status %i for %s", (code, status, means) => {
    expect(classify(refused(status, code)).kind).toBe(means);
  });

  test("what it never heard of for a refusal that names its code, or its status where there is none", () => {
    expect(classify(refused(400, 999999))).toEqual({ kind: "refused", code: "999999" });
    expect(classify(refused(403, 0))).toEqual({ kind: "refused", code: "http-403" });
  });

  test.each([500, 502, 503, 504])("the status %i without a code for an answer that was not heard", (status) => {
    expect(classify(new HTTPError(status, "", "POST", url, { body: {}, files: [] })).kind).toBe("ambiguous");
  });

  test("a limit for a wait as long as it says", () => {
    const limit = {
      timeToReset: 1500,
      limit: 5,
      method: "POST",
      hash: "",
      url,
      route: "",
      majorParameter: "1",
      global: false,
      retryAfter: 1500,
      sublimitTimeout: 0,
      scope: "user",
    } as const;
    expect(classify(new RateLimitError(limit))).toEqual({ kind: "wait", after: Temporal.Duration.from({ milliseconds: 1500 }) });
  });

  test.each(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"])("%s for something that did not go out", (code) => {
    expect(classify(Object.assign(new Error("no"), { code })).kind).toBe("not-sent");
    expect(classify(new AggregateError([Object.assign(new Error("no"), { code })])).kind).toBe("not-sent");
  });

  test.each(["ECONNRESET", "UND_ERR_SOCKET", "UND_ERR_HEADERS_TIMEOUT", "EPIPE"])("%s for an answer that was not heard", (code) => {
    expect(classify(Object.assign(new Error("other side closed"), { code })).kind).toBe("ambiguous");
  });

  test("a request that was given up for an answer that was not heard", () => {
    expect(classify(new DOMException("This operation was aborted", "AbortError")).kind).toBe("ambiguous");
  });

  test("an SDK that has lost its token for a bar", () => {
    expect(classify(new Error("Expected token to be set for this request, but none was present")).kind).toBe("auth-revoked");
  });
});
