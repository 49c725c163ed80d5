/** `/plan`: the user's training days and minutes. */

import { freeText } from "#core/args.ts";
import { command } from "#core/command.ts";
import { fold, quotable } from "#core/lib/text.ts";
import { type RequestContext, type Result, say } from "#core/model/context.ts";
import { changeUser } from "#core/model/last-action.ts";
import { refuse } from "#core/model/refusal.ts";
import { buttons } from "#core/model/reply.ts";
import type { Plan, User } from "#core/model/user.ts";
import { parsePlan } from "#core/parsing/plan.ts";
import { planChoice, sayNoPlan, sayPlan } from "#core/voice/plan.ts";

/** Shows, sets or removes the plan. */
export const plan = command({
  name: "plan",
  summary: "shows your training days and minutes; with new ones, sets them; off drops them",
  args: { plan: freeText("how often and how long, and on which days", "optional") },
  examples: ["/plan 2x20 tue fri", "/plan 40 sat", "/plan off", "/plan"],
  isListed: true,
  prepare({ plan: said }, context) {
    if (said === "") return show(context);
    if (fold(said).trim() === "off") return change(undefined, context);
    const found = parsePlan(said);
    return found ? change(found, context) : refuse("bad-plan", quotable(said), "/plan 2x20 tue fri");
  },
});

function show({ user, today }: RequestContext): Result {
  return say(sayPlan(user, today, false), buttons(planChoice(user, user.plan ? "Change the plan" : "Make a plan")));
}

/** A new plan starts this week and discards any moved days. */
function change(plan: Plan | undefined, { user: before, id, today }: RequestContext): Result {
  const after: User = { ...before, plan, moved: undefined };
  const undo = { label: "Undo", says: `/undo ${id}` };
  const nudges = plan && !before.trainingNudges ? [{ label: "Nudge me on these evenings", says: "/settings training nudges on" }] : [];
  return {
    reply: { blocks: [plan ? sayPlan(after, today, true) : sayNoPlan(), buttons(undo, ...nudges)] },
    changes: changeUser(before, after, id),
  };
}
