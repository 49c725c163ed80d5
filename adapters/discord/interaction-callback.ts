/** The first response to an interaction. Discord accepts only one. */

import { type APIInteraction, InteractionResponseType, type REST, Routes } from "discord.js";
import type { Suggestion } from "#core/autocomplete.ts";
import type { MessageWithFiles } from "./render/attachments.ts";

/** Sends autocomplete suggestions. */
export async function offer(payload: APIInteraction, suggestions: readonly Suggestion[], { rest }: { readonly rest: REST }): Promise<void> {
  const choices = suggestions.map(({ label, words }) => ({ name: label, value: words }));
  await callBack(rest, payload, { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices } });
}

/** Posts the first response, with its files. */
export async function callBack(
  rest: REST,
  { id, token }: APIInteraction,
  body: object,
  files: MessageWithFiles["files"] = [],
): Promise<void> {
  await rest.post(Routes.interactionCallback(id, token), { body, files, auth: false });
}
