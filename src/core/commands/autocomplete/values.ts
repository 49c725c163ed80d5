/** Suggestions for `/settings`: values of the chosen setting. */

import { type Setting, settings } from "#core/commands/settings/parse-settings.ts";
import type { RequestContext } from "#core/model/context.ts";
import { withData } from "#core/command.ts";
import { limitSuggestions, type Suggester, type Suggestion, suggestionLimits } from "#core/autocomplete.ts";
import { foldWord } from "#core/lib/text.ts";
import { valueLabel } from "#core/voice/settings.ts";

/** Suggests values for the setting named in the other argument. Suggests nothing if there is no such setting. */
export const suggestValues: Suggester = (words, others, context) => {
  const setting = findSetting(others["setting"] ?? "");
  return withData({}, () => (setting ? valuesOf(setting, words, context) : []));
};

function findSetting(said: string): Setting | undefined {
  const word = foldWord(said);
  return settings.find(({ name, aliases }) => [name, ...aliases].some((candidate) => foldWord(candidate) === word));
}

/** The typed value as parsed, then prefix matches, then other matches. With nothing typed, the current value comes first. */
function valuesOf(setting: Setting, words: string, { user, now, today }: RequestContext): readonly Suggestion[] {
  const typed = foldWord(words);
  const meant = words.trim() === "" ? undefined : setting.change(words, user, today);
  const exampleValue = setting.example.slice(`/settings ${setting.name} `.length);
  const all = [setting.show(user), ...(setting.suggest?.(words) ?? [exampleValue])].filter((value) => foldWord(value).includes(typed));
  const first = all.filter((value) => startsWith(value, typed));
  const values = new Set([...(meant ? [setting.show(meant)] : []), ...first, ...all]);
  const suggestions = [...values].slice(0, suggestionLimits.count * 2).flatMap((value) => {
    const after = setting.change(value, user, today);
    return after
      ? [{ label: valueLabel(setting.name, value, now.toZonedDateTimeISO(after.timeZone).toPlainDateTime()), words: value }]
      : [];
  });
  return limitSuggestions(suggestions);
}

/** Matches the start of the value or of any part: "Europe/Berlin" matches both "eur" and "ber". */
function startsWith(value: string, typed: string): boolean {
  return [value, ...value.split("/")].some((part) => foldWord(part).startsWith(typed));
}
