/** The texts of a group's settings. */

import type { Group } from "#core/model/group.ts";
import { type Block, bold, inlineCode, text } from "#core/model/reply.ts";
import { sentence, timeName, weekdayName } from "#core/phrases.ts";

/** The times of a group's round-up and check-in, in words. */
export function timesWords({ roundUp, checkIn }: Group): { readonly roundUp: string; readonly checkIn: string } {
  const named = ({ weekday, time }: Group["roundUp"]): string => `${weekdayName(weekday)} ${timeName(time)}`;
  return { roundUp: named(roundUp), checkIn: checkIn ? named(checkIn) : "off" };
}

/** The heading of a group's settings. */
export function sayGroupSettings({ name }: Group): Block {
  return text(bold(`Settings of ${name}.`), " Pick one to change it, or say it: ", inlineCode("/group settings round-up friday 17:00"));
}

/** One setting of a group. `isNews` means that it has just changed. */
export function sayGroupSetting(name: string, value: string, isNews: boolean, example: string): Block {
  return isNews
    ? text(bold(`${sentence(name)}: ${value} from now on.`))
    : text(bold(`${sentence(name)}: ${value}.`), " To change it: ", inlineCode(example));
}
