/** Due times of a group's prompts. Channels have no quiet hours and no jitter. */

import { dayAt, type Week, weekAfter, weekOf } from "#core/lib/time.ts";
import type { Group, WeeklyTime } from "#core/model/group.ts";
import { type GroupPrompt, type GroupPromptKind, groupPromptKinds } from "#core/model/prompt.ts";

/** The day in the group's time zone. */
export function groupsDay({ timeZone }: Group, now: Temporal.Instant): Temporal.PlainDate {
  return dayAt(now, timeZone);
}

/** When the round-up of `week` is due: on the first chosen weekday after its end. */
export function roundUpDue({ roundUp, timeZone }: Group, week: Week): Temporal.Instant {
  return firstAt(week.until, roundUp, timeZone);
}

/** When the check-in of `week` is due: on the chosen weekday of that week; undefined when check-ins are off. */
export function checkInDue({ checkIn, timeZone }: Group, week: Week): Temporal.Instant | undefined {
  return checkIn && firstAt(week.from, checkIn, timeZone);
}

/** A time in a clock gap moves later by the gap. A repeated time means the first occurrence. */
function firstAt(day: Temporal.PlainDate, { weekday, time }: WeeklyTime, timeZone: Group["timeZone"]): Temporal.Instant {
  const on = day.add({ days: (weekday - day.dayOfWeek + 7) % 7 });
  return on.toZonedDateTime({ timeZone, plainTime: time }).toInstant();
}

/** The next prompt of each enabled kind that is due after `after`, for the week that starts on `notBefore` or later. */
export function nextPrompts(group: Group, after: Temporal.Instant, notBefore?: Temporal.PlainDate): readonly GroupPrompt[] {
  return groupPromptKinds.flatMap((kind) => nextPrompt(kind, group, after, notBefore) ?? []);
}

/** The next prompt of `kind`; undefined when the group turned it off. */
export function nextPrompt(
  kind: GroupPromptKind,
  group: Group,
  after: Temporal.Instant,
  notBefore?: Temporal.PlainDate,
): GroupPrompt | undefined {
  const today = weekOf(dayAt(after, group.timeZone), group.firstDay);
  // The round-up of an earlier week may still be due in this one.
  let week = weekAfter(today, -2);
  for (;;) {
    const dueAt = kind === "round-up" ? roundUpDue(group, week) : checkInDue(group, week);
    if (!dueAt) return undefined;
    const isLater = Temporal.Instant.compare(dueAt, after) > 0;
    const isWanted = notBefore === undefined || Temporal.PlainDate.compare(notBefore, week.from) <= 0;
    if (isLater && isWanted) return { groupId: group.id, kind, dueAt, weekStart: week.from };
    week = weekAfter(week, 1);
  }
}
