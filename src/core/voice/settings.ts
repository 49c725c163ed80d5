/** The texts of settings. */

import { type Block, bold, inlineCode, text } from "#core/model/reply.ts";
import type { User } from "#core/model/user.ts";
import { sentence, timeName, weekdayName } from "#core/phrases.ts";
import { isWithin } from "#core/schedule/quiet-hours.ts";

/** The value of each setting in words. */
export const settingValues = {
  timeZone: ({ timeZone }: User): string => timeZone,
  firstDay: ({ firstDay }: User): string => weekdayName(firstDay),
  feedback: ({ feedback }: User): string => (feedback ? `${weekdayName(feedback.weekday)} ${timeName(feedback.time)}` : "off"),
  restNudges: ({ restNudges }: User): string => onOff(restNudges),
  trainingNudges: ({ trainingNudges }: User): string => onOff(trainingNudges),
  quietHours: ({ quietHours }: User): string => (quietHours ? `${timeName(quietHours.from)}-${timeName(quietHours.until)}` : "off"),
  band: ({ band }: User): string => (band ? `${band.min}-${band.max}` : "off"),
  over65: ({ over65 }: User): string => (over65 ? "yes" : "no"),
} as const;

function onOff(isOn: boolean): string {
  return isOn ? "on" : "off";
}

/** The label of a suggested value. For a time zone it includes the current time there, which is `local`. */
export function valueLabel(name: string, value: string, local: Temporal.PlainDateTime): string {
  return name === "time zone" ? `${value}, ${timeName(local.toPlainTime())} now` : value;
}

/** The heading of all settings. */
export function saySettings(): Block {
  return text(bold("Your settings."), " Pick one to change it, or say it with its new value: ", inlineCode("/settings time zone Auckland"));
}

/** The current value of one setting. */
export function saySetting(
  name: string,
  { value, about, example }: { readonly value: string; readonly about: string; readonly example: string },
): Block {
  return text(bold(`${sentence(name)}: ${value}.`), ` It is ${about}. To change it: `, inlineCode(example));
}

/** A setting was changed. `local` is the current time in the user's time zone. */
export function sayChanged(name: string, user: User, value: string, local: Temporal.PlainDateTime): Block {
  const clock =
    name === "time zone" ? ` It is ${timeName(local.toPlainTime())} there now; your days follow it from here on.` : quietNote(name, user);
  return text(bold(`${sentence(name)}: ${value} from now on.`), clock);
}

/** Quiet hours win over the time of the weekly feedback. */
function quietNote(name: string, { feedback, quietHours }: User): string {
  if ((name !== "feedback" && name !== "quiet hours") || !feedback || !quietHours || !isWithin(quietHours, feedback.time)) return "";
  return ` The weekly feedback comes when your quiet hours end, at ${timeName(quietHours.until)}.`;
}

/** Below the next answer to a user whose settings could not be read. */
export function sayReset({ isStopped }: User): Block {
  const silence = isStopped ? [" I won't write first until you say ", inlineCode("/resume"), "."] : [];
  return text(
    bold("Your settings had grown too large for me to read."),
    " They're the usual ones again.",
    ...silence,
    " Everything you logged is here.",
  );
}
