/** Interaction tokens, valid for 15 minutes, in the form in which they are stored until the answer was shown. */

import type { APIInteraction } from "discord.js";
import type { Inbound } from "#src/ports/adapter.ts";

/** The parts of an interaction that an answer needs. */
export type Token = Pick<APIInteraction, "application_id" | "token">;

/** Whether the asker was alone with the bot or others could read along. */
type Reach = NonNullable<Inbound["surface"]>["reach"];

/** Serializes a token. An unknown reach counts as shared. */
export function serializeToken({ application_id: id, token }: Token, reach: Reach = "shared"): string {
  return [id, reach, token].join(" ");
}

/** Parses a stored token; undefined if it does not come from an interaction. */
export function parseToken(words: string): (Token & { readonly reach: Reach }) | undefined {
  const [id, reach, token] = words.split(" ");
  if (!id || !token || (reach !== "direct" && reach !== "shared")) return undefined;
  return { application_id: id, token, reach };
}

/** Stored for a message instead of a token: its answer goes to the author by direct message. */
export const messageToken = "message";
