/** Preload for a program. Connections to ports outside HOME_PORTS go to FOREIGN_PORT of this machine instead. */

import { Socket } from "node:net";
import { env } from "node:process";

const home = new Set((env["HOME_PORTS"] ?? "").split(","));
const foreign = Number(env["FOREIGN_PORT"]);
type Target = { host?: string; port?: number | string; lookup?: unknown };

// oxlint-disable-next-line typescript/unbound-method -- It is called on the socket that it was called on.
const { connect } = Socket.prototype;
Socket.prototype.connect = function divert(this: Socket, ...args: unknown[]): Socket {
  const target = [args[0]].flat()[0];
  if (isTarget(target) && !home.has(String(target.port))) Object.assign(target, { host: "127.0.0.1", port: foreign, lookup: undefined });
  return Reflect.apply(connect, this, args) as Socket;
};

function isTarget(value: unknown): value is Target {
  return typeof value === "object" && value !== null && "port" in value;
}
