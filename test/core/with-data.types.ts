/** Decisions that must not compile. Nothing runs them: `npm run types` fails when one of them compiles. */

import { withData } from "#core/command.ts";
import { type Loaded, type NeedsData, type RequestContext, say, type Step } from "#core/model/context.ts";
import { text } from "#core/model/reply.ts";

const count = ({ sessions }: Loaded<"sessions">): Step => say(text(String(sessions.length)));
const list = ({ memberships }: Loaded<"memberships">): Step => say(...memberships.map(({ group }) => text(group.name)));

/** Each wrong decision, below a right one that differs in one thing. */
export function decisions(one: NeedsData, context: RequestContext): readonly unknown[] {
  return [
    withData({ memberships: true }, (data) => list(data)),
    // @ts-expect-error A command that forgets to ask for its memberships.
    withData({ lastAction: true }, (data) => list(data)),

    withData({ lastAction: true }, ({ lastAction }) => say(text(lastAction?.id ?? ""))),
    // @ts-expect-error A command that forgets that nothing may be stored.
    withData({ lastAction: true }, ({ lastAction }) => say(text(lastAction.id))),

    withData({ here: context.channel, lastAction: true }, () => say()),
    // @ts-expect-error A query that does not exist.
    withData({ there: context.channel, lastAction: true }, () => say()),

    withData({ deliveries: 6 }, () => say()),
    // @ts-expect-error A query with the parameter of another one.
    withData({ deliveries: true }, () => say()),

    (data: Loaded<"sessions" | "page">) => count(data),
    // @ts-expect-error A helper that gets less than it names.
    (data: Loaded<"page">) => count(data),

    one.run((needs, decide) => withData(needs, decide)),
    // @ts-expect-error A runner that loads nothing.
    one.run((_, decide) => decide(context)),
  ];
}
