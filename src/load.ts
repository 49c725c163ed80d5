/** Looks up what a decision needs, and no more than that. */

import type { Known, Needs, Situation } from "#core/situation.ts";
import type { Inbound, Store } from "#src/ports.ts";

/** Who asks, and whom to ask whether they may manage the place where they do. */
export type Asking = Pick<Inbound, "mayManage"> & { readonly known: Known };

/** All that `needs` names. Whether somebody may manage a place is asked for anew each time. */
export async function load(store: Store, needs: Needs, { known, mayManage }: Asking): Promise<Situation> {
  const { id } = known.user;
  return {
    ...known,
    sessions: needs.days ? await store.sessions(id, needs.days) : [],
    page: needs.page ? await store.page(id, needs.page) : [],
    session: needs.session ? await store.findSession(id, needs.session) : undefined,
    act: needs.act ? await store.findAct(id) : undefined,
    question: needs.question ? await store.findQuestion(id) : undefined,
    prompts: needs.prompts ? await store.prompts(id) : [],
    deliveries: needs.deliveries ? await store.deliveries(id, needs.deliveries) : [],
    group: needs.group ? await store.findGroup(needs.group) : undefined,
    here: needs.here ? await store.findHere(needs.here, id) : undefined,
    memberships: needs.memberships ? await store.memberships(id) : [],
    crew: needs.crew ? await store.crew(needs.crew) : undefined,
    groupPrompts: needs.groupPrompts ? await store.groupPrompts(needs.groupPrompts) : [],
    mayManage: needs.rights === true && mayManage !== undefined && (await mayManage()),
  };
}
