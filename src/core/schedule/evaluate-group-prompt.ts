/** Evaluates a group's due prompt: which messages are queued, which weeks are stored, and when the prompt is due next. */

import { weeksToKeep } from "#core/groups/board.ts";
import { nextLocal, weekAfter, weekOf } from "#core/lib/time.ts";
import type { Change } from "#core/model/changes/index.ts";
import type { Channel, GroupSnapshot, Group } from "#core/model/group.ts";
import { endUnsent, createChannelMessage } from "#core/model/outbox-message.ts";
import { type GroupPrompt, groupPromptKinds } from "#core/model/prompt.ts";
import { checkInDue, nextPrompt, roundUpDue } from "./group-prompt.ts";

/** A due prompt, its group, and the data loaded for it. */
export type DueGroupPrompt = {
  readonly prompt: GroupPrompt;
  readonly group: Group;
  readonly channels: readonly Channel[];
  readonly snapshot: GroupSnapshot;
  readonly now: Temporal.Instant;
};

/** The changes that evaluate the prompt. The first one guards the others: it matches no row if the prompt was already evaluated. */
export function evaluateGroupPrompt({ prompt, group, channels, snapshot, now }: DueGroupPrompt): readonly Change[] {
  const week = weekOf(prompt.weekStart, group.firstDay);
  const next = weekAfter(week, 1);
  const dueAt = prompt.kind === "round-up" ? roundUpDue(group, next) : checkInDue(group, next);
  const to = dueAt && { ...prompt, weekStart: next.from, dueAt: laterOf(dueAt, prompt.dueAt.add({ hours: 1 })) };
  const kept = prompt.kind === "round-up" ? weeksToKeep(group, snapshot, week) : [];
  return [
    { kind: "group-prompt-moved", was: prompt, to: to ?? prompt },
    ...(to ? [] : [{ kind: "group-prompt-dropped", groupId: group.id, prompt: prompt.kind } as const]),
    ...kept.map((one) => ({ kind: "week-kept", week: one }) as const),
    ...channels
      .filter(({ status }) => status === "open")
      .map((channel): Change => {
        const message = createChannelMessage({ ...prompt, weekStart: week.from }, group, channel);
        const isLate = Temporal.Instant.compare(message.expiresAt, now) <= 0;
        return { kind: "delivery-queued", delivery: isLate ? endUnsent(message, "late", now) : message };
      }),
  ];
}

function laterOf(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(one, other) < 0 ? other : one;
}

/** Moves `prompts` to the changed settings of `group`. A round-up whose new time has passed is delayed, not skipped. */
export function rescheduleGroup(group: Group, prompts: readonly GroupPrompt[], now: Temporal.Instant): readonly Change[] {
  return groupPromptKinds.flatMap((kind): readonly Change[] => {
    const was = prompts.find((prompt) => prompt.kind === kind);
    const to = kind === "round-up" && was ? { ...was, dueAt: movedRoundUp(group, was, now) } : nextPrompt(kind, group, now, was?.weekStart);
    if (to) return [{ kind: "group-prompt-set", prompt: to }];
    return was ? [{ kind: "group-prompt-dropped", groupId: group.id, prompt: kind }] : [];
  });
}

/** A round-up that is already due stays due. A pending one whose new time has passed moves to the next chosen time of day. */
function movedRoundUp(group: Group, was: GroupPrompt, now: Temporal.Instant): Temporal.Instant {
  const due = roundUpDue(group, weekOf(was.weekStart, group.firstDay));
  if (Temporal.Instant.compare(now, due) < 0) return due;
  return Temporal.Instant.compare(now, was.dueAt) < 0 ? nextLocal({ time: group.roundUp.time }, group.timeZone, now) : was.dueAt;
}
