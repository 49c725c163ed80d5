/** Loads the data that a decision needs, and no more. */

import type { UserId } from "#core/lib/ids.ts";
import { type Unchanged, versionsIn } from "#core/model/changes/preconditions.ts";
import type { Step, RequestContext, Queries, QueryName, Needs, Found, Result, Loaded } from "#core/model/context.ts";
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
  while ("run" in step) {
    step = await step.run(async (needs, decide) => {
      const data = await load(deps, needs, asking);
      read.push(...versionsIn(data));
      return decide(data);
    });
  }
  return { decision: step, read };
}

/** Loads what `needs` names, one query after the other, and nothing else. */
export async function load<Name extends QueryName>(deps: LoadDeps, needs: Needs<Name>, asking: Asking): Promise<Loaded<Name>> {
  const from = { ...deps, ...asking, userId: asking.context.user.id };
  const found: { -readonly [N in Name]?: Queries[N]["found"] } = {};
  for (const name in needs) found[name] = await loaders[name](needs[name], from);
  if (!isComplete(found, needs)) throw new Error(`Load data: every one of ${Object.keys(needs).join(", ")} must be loaded`);
  return { ...asking.context, ...found };
}

/** Whether each need is there. The compiler cannot check that a loop over the names sets every one of them, so this does. */
function isComplete<Name extends QueryName>(found: Partial<Found<Name>>, needs: Needs<Name>): found is Found<Name> {
  return Object.keys(needs).every((name) => Object.hasOwn(found, name));
}

/** A query's parameters, and where its answer comes from. */
type Loader<Params, Data> = (params: Params, from: LoadDeps & Asking & { readonly userId: UserId }) => Data | Promise<Data>;

/** How each query is answered. A query without a line here does not compile. */
const loaders: { readonly [Name in QueryName]: Loader<Queries[Name]["params"], Queries[Name]["found"]> } = {
  sessions: (days, { store, userId }) => store.sessions(userId, days),
  otherSessions: async (users, { store }) => (await Promise.all(users.map((id) => store.sessions(id, allDays)))).flat(),
  page: (page, { store, userId }) => store.page(userId, page),
  session: (id, { store, userId }) => store.findSession(userId, id),
  lastAction: (_, { store, userId }) => store.findAct(userId),
  clarification: (_, { store, userId }) => store.findQuestion(userId),
  prompts: (_, { store, userId }) => store.prompts(userId),
  deliveries: (limit, { store, userId }) => store.deliveries(userId, limit),
  group: (ref, { store }) => store.findGroup(ref),
  here: (channel, { store, userId }) => channel && store.findHere(channel, userId),
  memberships: (_, { store, userId }) => store.memberships(userId),
  groupSnapshot: (query, { store }) => store.groupSnapshot(query),
  groupPrompts: (groupId, { store }) => store.groupPrompts(groupId),
  mayManage: (_, { mayManage }) => mayManage?.() ?? false,
  postPermission: (_, { mayPost }) => mayPost?.() ?? "allowed",
  userDataCounts: (_, { store, userId }) => store.userDataCounts(userId),
  stagedImport: (id, { store, userId }) => store.findStagedImport(userId, id),
  importProgress: (_, { importer, context }) => importer?.stateOf(context.account),
  freshCode: (_, { linkCodes }) => linkCodes?.fresh(),
  async codeOwner(typed, { store, linkCodes, context }) {
    const hash = linkCodes?.hashOf(typed);
    return hash === undefined ? undefined : await store.findCodeOwner(hash, context.now);
  },
  wrongCodes: (_, { store, context }) => store.findWrongCodes(context.account),
  linked: (_, { store, userId }) => store.linked(userId),
};

const allDays = { from: beginning, until: Temporal.PlainDate.from("9999-01-01") };
