/** With which an interaction is answered for 15 minutes, as it is kept until its answer was shown. */

import type { APIInteraction } from "discord.js";
import type { Inbound } from "#src/ports/adapter.ts";

/** What an answer needs of its interaction. */
export type Token = Pick<APIInteraction, "application_id" | "token">;

/** Whether only the asker is where it was asked. */
type Reach = NonNullable<Inbound["surface"]>["reach"];

/** The token as words. Where nobody knows who else is there, others may be. */
export function serializeToken({ application_id: id, token }: Token, reach: Reach = "shared"): string {
  return [id, reach, token].join(" ");
}

/** The token of `words`; undefined for what was no interaction. */
export function parseToken(words: string): (Token & { readonly reach: Reach }) | undefined {
  const [id, reach, token] = words.split(" ");
  if (!id || !token || (reach !== "direct" && reach !== "shared")) return undefined;
  return { application_id: id, token, reach };
}

/** What is kept of a message: its answer goes to its author. */
export const messageToken = "message";
