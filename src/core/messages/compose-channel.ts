/** The moment of posting, and of looking again at what stands: is it still wanted, and what is true of the group now? */

import { boardOf } from "#core/groups/board.ts";
import { type Post, standsUntil, type Why } from "#core/model/outbox-message.ts";
import { type Crew, type GroupFound, isSamePlace } from "#core/model/group.ts";
import { groupsDay } from "#core/schedule/group-prompt.ts";
import type { Reply } from "#core/model/reply.ts";
import type { Verdict } from "./compose-direct.ts";
import type { Week } from "#core/lib/time.ts";
import { sayCheckIn, sayEnded, sayRoundUp } from "#core/voice/round-up.ts";

/** What is known when something is about to be posted. */
export type PostMoment = { readonly found: GroupFound | undefined; readonly crew: Crew | undefined; readonly now: Temporal.Instant };

/** The seven days that a post is of. */
export function weekOfPost({ on }: Post): Week {
  return { from: on, until: on.add({ days: 7 }) } as Week;
}

/** What becomes of `post` now. The first rule that speaks wins. */
export function judgePost(post: Post, { found, crew, now }: PostMoment): Verdict {
  const channel = found?.channels.find(({ place }) => isSamePlace(place, post.place));
  if (!found || !crew || !channel) return suppressed("changed");
  if (Temporal.Instant.compare(now, post.expiresAt) >= 0)
    return post.attempts > 0 ? { kind: "end", end: "parked", why: "gave-up" } : { kind: "end", end: "expired", why: "late" };
  if (channel.status === "suspended") return suppressed("closed");
  if (post.kind === "check-in" && !found.group.checkIn) return suppressed("off");
  const board = boardOf(found.group, crew, weekOfPost(post), groupsDay(found.group, now));
  if (!board.isAwake) return suppressed("quiet");
  return { kind: "say", reply: composePost(post, { found, crew, now }), told: undefined };
}

function suppressed(why: Why): Verdict {
  return { kind: "end", end: "suppressed", why };
}

/** Whether it names nobody from now on: its time is over, or the channel is not the group's any more. */
export function isToBeLeft(post: Post, { found, now }: PostMoment): boolean {
  const isTheirs = found?.channels.some(({ place }) => isSamePlace(place, post.place)) === true;
  return !isTheirs || Temporal.Instant.compare(now, standsUntil(post)) >= 0;
}

/** What `post` says now. */
export function composePost(post: Post, moment: PostMoment): Reply {
  const { found, crew } = moment;
  if (!found || !crew) return { blocks: sayEnded() };
  // Of the day for which it was: words that changed with the days would show each look, and so that somebody did something.
  const day = groupsDay(found.group, post.dueAt);
  const board = boardOf(found.group, crew, weekOfPost(post), day);
  const isNamed = !isToBeLeft(post, moment);
  return { blocks: post.kind === "round-up" ? sayRoundUp(board, isNamed) : sayCheckIn(board, day, isNamed) };
}

/** Tells what was shown from what would be shown: the same for the same reply. */
export function digestOf(reply: Reply): string {
  const text = JSON.stringify(reply);
  const hash = (seed: number): string => {
    let state = seed;
    for (let index = 0; index < text.length; index += 1) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
    return (state >>> 0).toString(36);
  };
  return `${hash(0x811c9dc5)} ${hash(0x9747b28c)} ${text.length}`;
}
