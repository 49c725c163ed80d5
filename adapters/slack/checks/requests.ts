/** Slack's requests over HTTP, looked at before the SDK acts on them. */

import type { IncomingMessage, ServerResponse } from "node:http";
import { HTTPModuleFunctions, type HTTPReceiver, isRawBodyError } from "@slack/bolt";
import { describeError } from "#src/ports/describe-error.ts";
import type { Log } from "#src/ports/runtime.ts";
import { paths } from "../manifest/index.ts";

/** What requests are looked at with. */
export type RequestDeps = {
  readonly signingSecret: string;
  /** In bytes. */
  readonly largestBody: number;
  readonly log: Log;
};

/** Makes `receiver` refuse what it cannot handle: a body that is JSON and no object ends the process in its own code. */
export function guardRequests(receiver: HTTPReceiver, deps: RequestDeps): void {
  const listen = receiver.requestListener;
  const requestListener: typeof listen = (request, response) => {
    const isEvent = request.method === "POST" && request.url?.replace(/\?.*/, "") === paths.events;
    if (!isEvent) return listen(request, response);
    void look(request, deps)
      .then((status) => (status === undefined ? listen(request, response) : refuse(response, status, deps.log)))
      .catch((error: unknown) => {
        deps.log.error("slack-request-failed", describeError(error));
        refuse(response, 400, deps.log);
      });
  };
  Object.assign(receiver, { requestListener });
}

function refuse(response: ServerResponse, status: number, log: Log): void {
  log.warn("slack-request-refused", { status });
  if (!response.headersSent) response.writeHead(status).end();
}

/** With which status the request is refused; undefined where the SDK can be given it. Its body is read, and stays with it. */
async function look(request: IncomingMessage, { signingSecret, largestBody }: RequestDeps): Promise<number | undefined> {
  try {
    const buffered = await HTTPModuleFunctions.bufferIncomingMessage(request, largestBody);
    // The SDK knows the type of a form only where nothing stands behind it.
    const type = request.headers["content-type"]?.split(";", 1).join("").trim().toLowerCase();
    if (type !== undefined) Object.assign(request.headers, { "content-type": type });
    if (isFit(buffered)) return undefined;
  } catch (error) {
    return isRawBodyError(error) ? error.statusCode : 400;
  }
  return await HTTPModuleFunctions.parseAndVerifyHTTPRequest({ enabled: true, signingSecret }, request).then(
    () => 400,
    () => 401,
  );
}

/** What is no JSON at all the SDK refuses by itself. */
function isFit(buffered: Parameters<typeof HTTPModuleFunctions.parseHTTPRequestBody>[0]): boolean {
  try {
    const body: unknown = HTTPModuleFunctions.parseHTTPRequestBody(buffered);
    return typeof body === "object" && body !== null && !Array.isArray(body);
  } catch {
    return true;
  }
}
