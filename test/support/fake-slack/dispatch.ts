/** Dispatches Slack's calls: finds the caller, applies a test's faults, and runs the method. */

import type { IncomingMessage, ServerResponse } from "node:http";
import { app } from "./app.ts";
import type { createFaults } from "./faults.ts";
import { act, problemsOf, respond } from "./methods.ts";
import { type OAuthServer, workspaceStateOf } from "./oauth.ts";
import type { Tokens } from "./tokens.ts";
import type { Call, Lent, Loose } from "./types.ts";
import type { WorkspaceState } from "./workspace-state.ts";

/** What the dispatch needs. */
export type DispatchOptions = {
  readonly workspaceStates: readonly WorkspaceState[];
  readonly tokens: Tokens;
  readonly oauth: OAuthServer;
  readonly faults: ReturnType<typeof createFaults>;
  readonly origin: () => string;
};

/** A parsed call. */
type Asked = {
  readonly method: string;
  readonly name: string;
  readonly bytes: Buffer;
  readonly body: Loose;
  readonly authorization: string | undefined;
  /** The caller's home, or why the call is refused. */
  readonly caller: { readonly home: string } | { readonly error: string };
};

/** Creates a dispatch, which also records the calls. */
export function createDispatch(options: DispatchOptions) {
  const { faults, oauth } = options;
  const problems: string[] = [];
  const calls: Call[] = [];
  const lent: Lent[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? "/", options.origin());
    if (url.pathname === "/oauth/v2/authorize") {
      const wrong = oauth.refuse(url.searchParams);
      response.writeHead(wrong ? 400 : 200, { "content-type": "text/html" }).end(wrong ?? "Install the app?");
      return;
    }
    const asked = await read(request, url.pathname, options);
    const { method, body, caller } = asked;
    const home = "home" in caller ? caller.home : undefined;
    calls.push({ method, body, home });
    const fault = faults.take(method, home);
    if (method === "file" && !fault) return giveFile(asked, options, lent, response);
    response.setHeader("content-type", "application/json");
    if (fault && (await faults.commit(fault, response))) return;
    const wrong = problemsOf(method, body);
    problems.push(...wrong.map((problem) => `${method}: ${problem}`));
    const result = wrong.length > 0 ? { ok: false, error: "invalid_blocks" } : await perform(asked, options);
    if (method === "response_url" && result["ok"] !== true) response.writeHead(404);
    if (fault?.kind === "done-then-drop") response.destroy();
    else response.end(JSON.stringify(result));
  };
  return {
    problems,
    calls,
    lend: (one: Lent): string => `${options.origin()}/files-pri/lent-${lent.push(one) - 1}/lent`,
    listen: (request: IncomingMessage, response: ServerResponse): void =>
      void answer(request, response).catch((error: unknown) => problems.push(String(error))),
  };
}

async function read(request: IncomingMessage, path: string, { workspaceStates, tokens }: DispatchOptions): Promise<Asked> {
  const bytes = await bodyOf(request);
  const { authorization } = request.headers;
  const [, kind = "", name = ""] = /^\/(api|respond|upload|files-pri)\/(.+)$/u.exec(path) ?? [];
  const body = kind === "upload" ? {} : parse(bytes.toString(), request.headers["content-type"] ?? "");
  const about = { name, bytes, body, authorization };
  switch (kind) {
    case "upload":
      return { ...about, method: "upload", caller: { home: name.split("/")[0] ?? "" } };
    case "respond": {
      const address = workspaceStates.flatMap(({ addresses }) => addresses.get(name) ?? []).at(0);
      return { ...about, method: "response_url", caller: address ?? { error: "used_url" } };
    }
    case "files-pri":
      return { ...about, method: "file", caller: tokens.judge(authorization?.replace(/^Bearer /u, "") ?? "") };
    default: {
      const inBody = typeof body["token"] === "string" ? body["token"] : "";
      const token = authorization?.replace(/^Bearer /u, "") ?? inBody;
      return { ...about, method: name, caller: tokens.judge(token) };
    }
  }
}

/** Serves a file, or the response that a test put in its place. Without a valid token, Slack serves its sign-in page. */
function giveFile({ name, caller }: Asked, { workspaceStates }: DispatchOptions, lent: readonly Lent[], response: ServerResponse): void {
  const [, place, team, id = ""] = /^(?:lent-(\d+)|([^-/]+)-([^/]+))\//u.exec(name) ?? [];
  if ("error" in caller) return void response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end("<title>Sign in</title>");
  const { status = 404, headers, body } = lent[Number(place)] ?? {};
  if (team === undefined) return void response.writeHead(status, headers).end(body);
  const bytes = workspaceStates.find(({ teams }) => teams.some((one) => one.id === team))?.files.get(id);
  response.writeHead(bytes ? 200 : 404, { "content-type": "text/plain" }).end(bytes);
}

async function perform({ method, name, bytes, body, authorization, caller }: Asked, options: DispatchOptions): Promise<Loose> {
  const { workspaceStates, oauth, origin } = options;
  if (method === "oauth.v2.access") return oauth.access(body, authorization);
  if (method === "apps.connections.open") {
    const isApp = authorization === `Bearer ${app.token}`;
    return isApp ? { ok: true, url: `${origin().replace("http", "ws")}/link` } : { ok: false, error: "invalid_auth" };
  }
  if ("error" in caller) return { ok: false, error: caller.error };
  const workspaceState = workspaceStateOf(workspaceStates, caller.home);
  switch (method) {
    case "response_url":
      return respond(workspaceState, name, body);
    case "upload": {
      const file = name.split("/")[1] ?? "";
      workspaceState.files.set(file, bytes);
      await workspaceState.emulator.upload(file, bytes);
      return { ok: true };
    }
    default:
      return await act({ workspaceState, home: caller.home, origin: origin(), method, body });
  }
}

function parse(text: string, type: string): Loose {
  if (type.includes("json")) return JSON.parse(text) as Loose;
  const fields = [...new URLSearchParams(text)].map(
    ([key, value]) => [key, /^[[{]/u.test(value) ? (JSON.parse(value) as unknown) : value] as const,
  );
  return Object.fromEntries(fields);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
