/** Which group somebody means, and whether they may do there what they ask. */

import { after } from "./command.ts";
import { type GroupFound, isSamePlace, type Membership, type Place } from "./group.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { type Decision, type Known, type Prepared, say, type Situation } from "./situation.ts";
import { fold } from "./text.ts";
import { sayWhich } from "./voice/group.ts";

/** A group of theirs, and the words that were said behind its name. */
export type Meant = Membership & { readonly words: string };

/**
 * Decides for the group that is meant: the one that `words` begin with, by its id or name; else that of this channel; else their only one.
 *
 * Of several they are asked which; `command` is what is said for one of them, its `tail` behind the group.
 */
export function ofGroup(
  command: { readonly name: string; readonly tail?: string },
  words: string,
  { place }: Known,
  decide: (meant: Meant, situation: Situation) => Decision,
): Prepared {
  return after({ memberships: true, ...(place ? { here: place } : {}) }, (situation) => {
    const { memberships, here } = situation;
    const named = findNamed(words, memberships);
    if (named) return decide(named, situation);
    const [only, another] = memberships;
    const meant = here ?? (another ? undefined : only);
    if (meant) return decide({ ...meant, words }, situation);
    if (!only) return refuse("no-such-group", "", "/group join");
    const rest = words.length <= 20 ? words : "";
    return say(...sayWhich(memberships, ({ id }) => [command.name, id, rest, command.tail ?? ""].filter((part) => part !== "").join(" ")));
  });
}

/** The longest name wins. */
function findNamed(words: string, memberships: readonly Membership[]): Meant | undefined {
  const said = fold(words).trim();
  const candidates = memberships.flatMap((membership) => {
    const { id, name } = membership.group;
    return [id, fold(name).trim()].map((spelled) => ({ membership, spelled }));
  });
  const found = candidates
    .filter(({ spelled }) => said === spelled || said.startsWith(`${spelled} `))
    .toSorted((one, other) => other.spelled.length - one.spelled.length)[0];
  const count = found?.spelled.split(" ").length;
  return found && { ...found.membership, words: words.trim().split(/\s+/).slice(count).join(" ") };
}

/** Decides about a place that others read along in, for somebody who may manage it. `found` is the group that it has. */
export function byManager(
  { place, isDirect }: Known,
  example: string,
  decide: (place: Place, found: GroupFound | undefined, situation: Situation) => Decision,
): Prepared | Refusal {
  if (!place) return refuse(isDirect ? "needs-channel" : "unknown-place", "", example);
  return after({ group: { place }, rights: true }, (situation) => {
    if (!situation.mayManage) return refuse("not-manager", "", "/group board");
    return decide(place, situation.group, situation);
  });
}

/** The same where the place has a group. A channel that was suspended is open again: they speak in it. */
export function byManagerOf(
  known: Known,
  example: string,
  decide: (found: GroupFound, place: Place, situation: Situation) => Decision,
): Prepared | Refusal {
  return byManager(known, example, (place, found, situation) => {
    if (!found) return refuse("no-group-here", "", "/group create Morning crew");
    return reopening(decide(found, place, situation), place, found);
  });
}

function reopening(decision: Decision, place: Place, { channels }: GroupFound): Decision {
  const isSuspended = channels.some((channel) => isSamePlace(channel.place, place) && channel.status === "suspended");
  if (!isSuspended || !("changes" in decision)) return decision;
  return { ...decision, changes: [{ kind: "channel-opened", place }, ...decision.changes] };
}
