/** `/settings`: shows and changes the user's settings. */

import { changeUser } from "#core/model/last-action.ts";
import { freeText, oneOf } from "#core/args.ts";
import { command } from "#core/command.ts";
import { refuse } from "#core/model/refusal.ts";
import { buttons, type Choice } from "#core/model/reply.ts";
import { type RequestContext, type Result, say } from "#core/model/context.ts";
import { type Setting, settings as all } from "./parse-settings.ts";
import { suggestValues } from "#core/commands/autocomplete/values.ts";
import { quotable } from "#core/lib/text.ts";
import type { User } from "#core/model/user.ts";
import { sentence } from "#core/phrases.ts";
import { sayChanged, saySetting, saySettings } from "#core/voice/settings.ts";

const byName = new Map(all.flatMap((setting) => [setting.name, ...setting.aliases].map((name) => [name, setting] as const)));

/** Shows all settings, shows one, or changes one. */
export const settings = command({
  name: "settings",
  summary: "shows your settings: time zone, first day, own band and more; with a value, changes one",
  args: { setting: oneOf("which one", byName), value: freeText("its new value", "optional", suggestValues) },
  examples: ["/settings", "/settings time zone Europe/Berlin", "/settings first day sunday", "/settings band 60-120"],
  isListed: true,
  prepare({ setting, value }, context) {
    if (!setting) return showAll(context.user);
    if (value === "") return showOne(setting, context.user);
    const after = setting.change(value, context.user, context.today);
    return after ? change(setting, after, context) : refuse("bad-setting", quotable(value), setting.example);
  },
});

function showAll(user: User): Result {
  const choices: readonly Choice[] = all.map((setting) => choiceOf(setting, user));
  return say(saySettings(), { kind: "choices", layout: "list", choices });
}

function showOne(setting: Setting, user: User): Result {
  return say(saySetting(setting.name, { ...setting, value: setting.show(user) }), buttons(choiceOf(setting, user)));
}

function choiceOf(setting: Setting, user: User): Choice {
  const name = sentence(setting.name);
  return { label: `${name}: ${setting.show(user)}`, says: `/settings ${setting.name}`, field: { label: name, value: setting.show(user) } };
}

function change(setting: Setting, after: User, { user: before, id, now }: RequestContext): Result {
  const local = now.toZonedDateTimeISO(after.timeZone).toPlainDateTime();
  return {
    reply: { blocks: [sayChanged(setting.name, after, setting.show(after), local), buttons({ label: "Undo", says: `/undo ${id}` })] },
    changes: changeUser(before, after, id),
  };
}
