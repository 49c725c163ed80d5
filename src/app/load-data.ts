/** Loads the data that a decision needs, and no more. */

import { type Unchanged, versionsIn } from "#core/model/changes/preconditions.ts";
import type { Step, RequestContext, Queries, Result, Loaded } from "#core/model/context.ts";
import type { Refusal } from "#core/model/refusal.ts";
import { beginning } from "#core/schedule/weekly-feedback.ts";
import type { Inbound } from "#src/ports/adapter.ts";
import type { Importer } from "#src/ports/importer.ts";
import type { LinkCodeGenerator } from "#src/ports/runtime.ts";
import type { Store } from "#src/ports/store.ts";

/** Dependencies of loading. */
export type LoadDeps = {
  readonly store: Store;
  /** Reads files; undefined if imports are off. */
  readonly importer?: Importer;
  /** Generates codes for linking; undefined if linking is off. */
  readonly linkCodes?: LinkCodeGenerator;
};

/** The request's context, and the platform's checks of the user's rights in the channel. */
export type Asking = Pick<Inbound, "mayManage" | "mayPost"> & { readonly context: RequestContext };

/** The result of `first` after loading everything that it needs, and the settings versions that it was decided on. */
export async function decide(
  deps: LoadDeps,
  first: Step,
  asking: Asking,
): Promise<{ readonly decision: Result | Refusal; readonly read: readonly Unchanged[] }> {
  let step = first;
  const read: Unchanged[] = [];
  while ("needs" in step) {
    const data = await load(deps, step.needs, asking);
    read.push(...versionsIn(data));
    step = step.decide(data);
  }
  return { decision: step, read };
}

/** Loads everything that `needs` names. The right to manage a channel is checked each time. */
export async function load(deps: LoadDeps, needs: Queries, { context, mayManage, mayPost }: Asking): Promise<Loaded> {
  const { store, importer } = deps;
  const { id } = context.user;
  return {
    ...context,
    sessions: needs.sessions ? await store.sessions(id, needs.sessions) : [],
    page: needs.page ? await store.page(id, needs.page) : [],
    session: needs.session ? await store.findSession(id, needs.session) : undefined,
    lastAction: needs.lastAction ? await store.findAct(id) : undefined,
    clarification: needs.clarification ? await store.findQuestion(id) : undefined,
    prompts: needs.prompts ? await store.prompts(id) : [],
    deliveries: needs.deliveries ? await store.deliveries(id, needs.deliveries) : [],
    group: needs.group ? await store.findGroup(needs.group) : undefined,
    here: needs.here ? await store.findHere(needs.here, id) : undefined,
    memberships: needs.memberships ? await store.memberships(id) : [],
    groupSnapshot: needs.groupSnapshot ? await store.groupSnapshot(needs.groupSnapshot) : undefined,
    groupPrompts: needs.groupPrompts ? await store.groupPrompts(needs.groupPrompts) : [],
    mayManage: needs.mayManage === true && mayManage !== undefined && (await mayManage()),
    postPermission: needs.postPermission && mayPost ? await mayPost() : "allowed",
    userDataCounts: needs.userDataCounts ? await store.userDataCounts(id) : undefined,
    stagedImport: needs.stagedImport ? await store.findStagedImport(id, needs.stagedImport) : undefined,
    importProgress: needs.importProgress ? importer?.stateOf(context.account) : undefined,
    ...(await loadLink(deps, needs, context)),
  };
}

/** Loads link codes and the data of other accounts. */
async function loadLink({ store, linkCodes }: LoadDeps, needs: Queries, { user, account, now }: RequestContext) {
  const typed = needs.codeOwnerSessions ?? needs.offer;
  const codeHash = typed === undefined ? undefined : linkCodes?.hashOf(typed);
  const linked = needs.linked ? await store.linked(user.id) : [];
  const codeOwner = codeHash === undefined ? undefined : await store.findCodeOwner(codeHash, now);
  return {
    freshCode: needs.freshCode ? linkCodes?.fresh() : undefined,
    codeHash,
    codeOwner,
    codeOwnerSessions: needs.codeOwnerSessions && codeOwner ? await store.sessions(codeOwner.user.id, allDays) : [],
    wrongCodes: needs.wrongCodes ? await store.findWrongCodes(account) : undefined,
    linked,
    setAside: (
      await Promise.all(
        linked.map(async ({ originalOwner }) => (originalOwner ? await store.sessions(originalOwner.user.id, allDays) : [])),
      )
    ).flat(),
  };
}

const allDays = { from: beginning, until: Temporal.PlainDate.from("9999-01-01") };
