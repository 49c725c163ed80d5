/** Checks Slack's HTTP requests before the SDK handles them. */

import type { IncomingMessage, ServerResponse } from "node:http";
import { HTTPModuleFunctions, type HTTPReceiver, isRawBodyError } from "@slack/bolt";
import { describeError } from "#src/ports/describe-error.ts";
import type { Log } from "#src/ports/runtime.ts";
import { paths } from "../manifest/index.ts";

/** What the checks need. */
export type RequestDeps = {
  readonly signingSecret: string;
  /** In bytes. */
  readonly largestBody: number;
  readonly log: Log;
};

/** Makes `receiver` refuse requests that it cannot handle. JSON that is not an object would end the process in the SDK's code. */
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

/** The status with which a request is refused; undefined if the SDK may handle it. The body is read and kept on the request. */
async function look(request: IncomingMessage, { signingSecret, largestBody }: RequestDeps): Promise<number | undefined> {
  try {
    const buffered = await HTTPModuleFunctions.bufferIncomingMessage(request, largestBody);
    // The SDK recognises a form's content type only without parameters.
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

/** Whether the body is fit. The SDK itself refuses invalid JSON. */
function isFit(buffered: Parameters<typeof HTTPModuleFunctions.parseHTTPRequestBody>[0]): boolean {
  try {
    const body: unknown = HTTPModuleFunctions.parseHTTPRequestBody(buffered);
    return typeof body === "object" && body !== null && !Array.isArray(body);
  } catch {
    return true;
  }
}
