/** Which group somebody means, and whether they may do there what they ask. */

import { after } from "#core/command.ts";
import { type GroupFound, isSamePlace, type Membership, type Place } from "#core/model/group.ts";
import { type Refusal, refuse } from "#core/model/refusal.ts";
import { type Decision, type Known, type Prepared, say, type Situation } from "#core/model/context.ts";
import { fold } from "#core/lib/text.ts";
import { sayWhich } from "#core/voice/group.ts";

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

/** The same where the place has a group. A channel that was suspended is open again where the coach may post in it. */
export function byManagerOf(
  known: Known,
  example: string,
  decide: (found: GroupFound, place: Place, situation: Situation) => Decision,
): Prepared | Refusal {
  return byManager(known, example, (place, found, situation) => {
    if (!found) return refuse("no-group-here", "", "/group create Morning crew");
    const decision = decide(found, place, situation);
    if (!isSuspended(place, found)) return decision;
    return after({ posting: true }, ({ posting }) => (posting === "allowed" ? opening(decision, place) : decision));
  });
}

/** Whether that channel of the group takes no messages any more. */
export function isSuspended(place: Place, { channels }: GroupFound): boolean {
  return channels.some((channel) => isSamePlace(channel.place, place) && channel.status === "suspended");
}

function opening(decision: Decision, place: Place): Decision {
  if ("needs" in decision) return { needs: decision.needs, decide: (situation) => opening(decision.decide(situation), place) };
  return "changes" in decision ? { ...decision, changes: [{ kind: "channel-opened", place }, ...decision.changes] } : decision;
}

const refusals = { "no-rights": "cannot-post", "not-invited": "not-invited", unknown: "posting-unknown" } as const;

/** Decides about a place where the coach may post, as its platform says now; else it is said what keeps it from that. */
export function wherePostable(example: string, decide: () => Decision): Prepared {
  return after({ posting: true }, ({ posting }) => (posting === "allowed" ? decide() : refuse(refusals[posting], "", example)));
}
