/** Suggestions for `/settings`: values of the setting that was picked. */

import { type Setting, settings } from "#core/commands/settings/parse-settings.ts";
import type { RequestContext } from "#core/model/context.ts";
import { limitSuggestions, type Suggester, type Suggestion, suggestionLimits } from "#core/autocomplete.ts";
import { foldWord } from "#core/lib/text.ts";
import { valueLabel } from "#core/voice/settings.ts";

/** Offers values that the setting in the other argument takes; nothing where there is no such setting. */
export const suggestValues: Suggester = (words, others, context) => {
  const setting = findSetting(others["setting"] ?? "");
  return { needs: {}, list: () => (setting ? valuesOf(setting, words, context) : []) };
};

function findSetting(said: string): Setting | undefined {
  const word = foldWord(said);
  return settings.find(({ name, aliases }) => [name, ...aliases].some((candidate) => foldWord(candidate) === word));
}

/** What was typed as it is understood, then what starts with it, then what holds it; with nothing typed what is set comes first. */
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

/** Of "Europe/Berlin" both parts are starts. */
function startsWith(value: string, typed: string): boolean {
  return [value, ...value.split("/")].some((part) => foldWord(part).startsWith(typed));
}
