/** Posts JSON to an address. Not by `fetch`, which costs the processor three times as much, once for each answer. */

import { type IncomingMessage, request as plainly } from "node:http";
import { request as safely } from "node:https";

/** What was answered. */
export type Posted = { readonly status: number; readonly retryAfter: string | undefined; readonly said: string };

/** Posts `body` to `url`, and waits `deadline` milliseconds at most. Throws where no answer comes by then. */
export async function post(url: string, body: object, deadline: number): Promise<Posted> {
  const { promise, resolve, reject } = Promise.withResolvers<Posted>();
  const bytes = Buffer.from(JSON.stringify(body));
  const headers = { "content-type": "application/json", "content-length": bytes.length };
  const request = url.startsWith("https:") ? safely : plainly;
  const sent = request(url, { method: "POST", headers }, (response) => {
    // From here on an error is one of the words, and the response hears of it, too.
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

/** Where words break off, the status has told what came of it. */
function read(response: IncomingMessage, resolve: (posted: Posted) => void): void {
  let said = "";
  const done = (): void => resolve({ status: response.statusCode ?? 0, retryAfter: response.headers["retry-after"], said });
  response.setEncoding("utf8");
  response.on("data", (words: string) => (said += words));
  response.on("end", done);
  response.on("error", done);
}
