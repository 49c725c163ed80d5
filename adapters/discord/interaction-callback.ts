/** The first answer to an interaction, which is given once. */

import { type APIInteraction, InteractionResponseType, type REST, Routes } from "discord.js";
import type { Suggestion } from "#core/autocomplete.ts";
import type { MessageWithFiles } from "./render/attachments.ts";

/** Offers words to somebody who types. */
export async function offer(payload: APIInteraction, suggestions: readonly Suggestion[], { rest }: { readonly rest: REST }): Promise<void> {
  const choices = suggestions.map(({ label, words }) => ({ name: label, value: words }));
  await callBack(rest, payload, { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices } });
}

/** Gives it, with files where there are any. */
export async function callBack(
  rest: REST,
  { id, token }: APIInteraction,
  body: object,
  files: MessageWithFiles["files"] = [],
): Promise<void> {
  await rest.post(Routes.interactionCallback(id, token), { body, files, auth: false });
}
