/** HTTP client for JSON posts. `fetch` takes three times the processor time, once for each answer. */

import { type IncomingMessage, request as plainly } from "node:http";
import { request as safely } from "node:https";

/** The HTTP answer. */
export type Posted = { readonly status: number; readonly retryAfter: string | undefined; readonly said: string };

/** Posts `body` to `url`, with a deadline in milliseconds. Throws if no answer comes in time. */
export async function post(url: string, body: object, deadline: number): Promise<Posted> {
  const { promise, resolve, reject } = Promise.withResolvers<Posted>();
  const bytes = Buffer.from(JSON.stringify(body));
  const headers = { "content-type": "application/json", "content-length": bytes.length };
  const request = url.startsWith("https:") ? safely : plainly;
  const sent = request(url, { method: "POST", headers }, (response) => {
    // Later errors concern the body of the response, which reports them too.
    sent.off("error", reject).on("error", () => undefined);
    read(response, resolve);
  });
  const timer = setTimeout(() => sent.destroy(new Error("Post to an address: it must answer in time")), deadline);
  sent.on("error", reject);
  sent.end(bytes);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}

/** Reads the response. If the body breaks off, the status alone counts. */
function read(response: IncomingMessage, resolve: (posted: Posted) => void): void {
  let said = "";
  const done = (): void => resolve({ status: response.statusCode ?? 0, retryAfter: response.headers["retry-after"], said });
  response.setEncoding("utf8");
  response.on("data", (words: string) => (said += words));
  response.on("end", done);
  response.on("error", done);
}
