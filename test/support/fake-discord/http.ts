/** Discord's REST API on a local port. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type Body, bytesOf, readBody } from "./body.ts";
import type { Reply, Route } from "./call.ts";
import { type Answered, createLimiter, type Faults, tooFast } from "./faults.ts";
import { Refusal, refusals } from "./refusal.ts";
import type { Failure, RequestSeen } from "./types.ts";
import type { WorkspaceState } from "./workspace-state.ts";

/** What the API needs. */
export type HttpDeps = {
  readonly workspace: WorkspaceState;
  readonly faults: Faults;
  readonly limits: { readonly perSecond?: number | undefined };
  /** The routes, which are created after the server. */
  readonly routes: () => readonly Route[];
};

/** The API, and the requests it received. */
export type Api = { readonly http: Server; readonly requests: readonly RequestSeen[]; readonly invalidRequests: () => number };

type Ask = { readonly method: string; readonly path: string; readonly query: string };
type Found = { readonly route: Route; readonly params: Readonly<Record<string, string>> };
type Seen = { -readonly [Key in keyof RequestSeen]: RequestSeen[Key] };

/** Creates an API that does not listen yet. */
export function createApi({ workspace, faults, limits, routes }: HttpDeps): Api {
  const requests: Seen[] = [];
  const limiter = createLimiter(limits);
  let invalid = 0;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await bytesOf(request);
    const ask = askOf(request);
    const seen: Seen = { ...ask, body: undefined, files: 0, at: workspace.now(), status: undefined };
    requests.push(seen);
    const failure = faults.take(ask.method, ask.path);
    const file = failure ? undefined : workspace.files.get(ask.path);
    if (file) return void response.writeHead((seen.status = 200), { "content-type": "text/csv" }).end(file);
    const give = ({ status, json, headers = {} }: Partial<Answered> & { readonly status: number }): void => {
      seen.status = status;
      const isShared = headers["x-ratelimit-scope"] === "shared";
      if ([401, 403, 429].includes(status) && !isShared) invalid += 1;
      finish(response, { status, json, headers }, failure?.kind === "half-answer");
    };
    const body = await readBody(bytes, request.headers["content-type"]).catch((error: unknown) => refusalOf(error));
    if (!(body instanceof Refusal)) Object.assign(seen, { body: body.json, files: body.uploads.length });
    const early = failure ? failed(failure, ask.path) : undefined;
    if (early) return give(early);
    if (failure?.kind === "drop-before") return drop(response);
    if (failure?.kind === "hang") return undefined;
    const answer = respond(ask, request.headers.authorization, body);
    return failure?.kind === "drop-after" ? drop(response) : give(answer);
  }

  function respond(ask: Ask, authorization: string | undefined, body: Body | Refusal): Answered {
    try {
      const { route, params } = find(ask, routes());
      if (!route.isOpen && authorization !== `Bot ${workspace.bot.token}`) throw refusals.unauthorized();
      if (!route.isOpen && limiter.isOver()) return tooFast(ask.path, { retryAfter: 0.5, scope: "global" });
      if (body instanceof Refusal) throw body;
      const reply: Reply = route.answer({ params, query: new URLSearchParams(ask.query), body });
      return { status: reply.status, json: reply.json, headers: {} };
    } catch (error) {
      const refusal = refusalOf(error);
      for (const problem of problemsOf(refusal)) workspace.problems.push(`${ask.method} ${ask.path}: ${problem}`);
      return { status: refusal.status, json: refusalBody(refusal), headers: {} };
    }
  }

  const http = createServer((request, response) => {
    serve(request, response).catch(() => drop(response));
  });
  return { http, requests, invalidRequests: () => invalid };
}

function askOf({ method = "GET", url = "/" }: IncomingMessage): Ask {
  const { pathname, search } = new URL(url, "http://127.0.0.1");
  return { method, path: pathname.replace(/^\/api(?:\/v\d+)?/u, ""), query: search };
}

function find({ method, path }: Ask, routes: readonly Route[]): Found {
  for (const route of routes) {
    const shape = new RegExp(`^${route.path.replaceAll(/\{(\w+)\}/gu, "(?<$1>[^/]+)")}$`, "u");
    const match = route.method === method ? shape.exec(path) : null;
    if (match) return { route, params: decoded(match.groups ?? {}) };
  }
  throw refusals.unknownRoute();
}

function decoded(parts: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(parts).map(([key, part]) => [key, decodeURIComponent(part)]));
}

/** A request to a route that is not modelled is reported. */
function problemsOf({ status, code, problems }: Refusal): readonly string[] {
  return status === 404 && code === 0 ? ["no such route is modelled"] : problems;
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new Refusal(500, 0, "500: Internal Server Error", [`the fake server itself failed: ${words}`]);
}

function refusalBody({ code, message, problems }: Refusal): unknown {
  const errors = problems.length === 0 ? {} : { errors: { _errors: problems.map((words) => ({ code: "BASE_TYPE_BAD", message: words })) } };
  return { message, code, ...errors };
}

function failed(failure: Failure, path: string): Answered | undefined {
  if (failure.kind === "rate-limit") return tooFast(path, failure);
  if (failure.kind !== "error") return undefined;
  const { status, code = 0, message = `${status}: Error` } = failure;
  return { status, json: { message, code }, headers: {} };
}

function finish(response: ServerResponse, { status, json, headers }: Answered, isHalf: boolean): void {
  const text = json === undefined ? "" : JSON.stringify(json);
  const isCut = isHalf && status < 300;
  const bytes = Buffer.from(isCut && text === "" ? "{}" : text);
  const about = bytes.length === 0 ? {} : { "content-type": "application/json", "content-length": String(bytes.length) };
  response.writeHead(isCut ? 200 : status, { ...about, ...headers });
  if (!isCut) return void response.end(bytes);
  response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)));
  // A reset that overtakes the first half would look as if there was no answer.
  return void setTimeout(() => drop(response), 20);
}

function drop(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}
