/** OAuth state: signed, single-use, valid for ten minutes. */

import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { InstallURLOptions, StateStore } from "@slack/bolt";
import type { Installations } from "#src/ports/installations.ts";

/** Validity in milliseconds. */
const goodFor = 10 * 60 * 1000;

/** Creates the state store, which signs with `secret`. It stores nothing until a state comes back, so unused states cost no memory. */
export function createStateStore(
  secret: string,
  installations: Pick<Installations, "consumeOnce">,
  options: InstallURLOptions,
): StateStore {
  const sign = (words: string): string => createHmac("sha256", secret).update(words).digest("base64url");
  return {
    async generateStateParam(_, now) {
      const words = `${randomBytes(16).toString("base64url")}.${now.getTime() + goodFor}`;
      return `${words}.${sign(words)}`;
    },
    async verifyStateParam(now, state) {
      const [name = "", until = "", signature = ""] = state.split(".");
      if (!isSame(signature, sign(`${name}.${until}`))) throw new Error("Install: the state must be one of ours");
      if (now.getTime() > Number(until)) throw new Error("Install: the state must not be older than ten minutes");
      if (!(await installations.consumeOnce(`state ${name}`))) throw new Error("Install: the state must not have been used before");
      return options;
    },
  };
}

function isSame(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}
