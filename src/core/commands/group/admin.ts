/** Commands for the managers of a group's channel: settings, join code and removal. */

import { finalAction } from "#core/model/last-action.ts";
import type { Change } from "#core/model/changes/index.ts";
import { withData } from "#core/command.ts";
import { type JoinCode, joinCodeLifetime, createJoinCode, type Group, type GroupRecord, type ChannelRef } from "#core/model/group.ts";
import { type GroupSetting, groupSettings } from "#core/commands/settings/group-settings.ts";
import { rescheduleGroup } from "#core/schedule/evaluate-group-prompt.ts";
import { oneOf } from "#core/args.ts";
import { isRefusal, refuse } from "#core/model/refusal.ts";
import { buttons, type Choice } from "#core/model/reply.ts";
import { type Step, type RequestContext, say } from "#core/model/context.ts";
import { quotable } from "#core/lib/text.ts";
import { sayCode, sayRemove } from "#core/voice/group.ts";
import { sayRemoved } from "#core/voice/leaving.ts";
import { sayGroupSetting, sayGroupSettings } from "#core/voice/group-settings.ts";
import { sentence } from "#core/phrases.ts";
import { beginning } from "#core/schedule/weekly-feedback.ts";
import { requireGroupManager } from "./resolve-group.ts";

const byName = oneOf(
  "which one",
  new Map(groupSettings.flatMap((setting) => [setting.name, ...setting.aliases].map((name) => [name, setting]))),
);

/** Shows all settings of this channel's group, shows one, or changes one. */
export function settings(words: string, context: RequestContext): Step {
  return requireGroupManager(context, "/group settings", ({ group }) => {
    const read = byName.read(words, groupSettings[0]?.example ?? "");
    if (isRefusal(read)) return read;
    const { value: setting, rest } = read;
    if (!setting)
      return say(sayGroupSettings(group), { kind: "choices", layout: "list", choices: groupSettings.map((one) => choiceOf(one, group)) });
    if (rest === "")
      return say(sayGroupSetting(setting.name, setting.show(group), false, setting.example), buttons(choiceOf(setting, group)));
    const changed = setting.change(rest, group);
    return changed ? change(setting, { before: group, group: changed }, context) : refuse("bad-value", quotable(rest), setting.example);
  });
}

function choiceOf(setting: GroupSetting, group: Group): Choice {
  const name = sentence(setting.name);
  const value = setting.show(group);
  return { label: `${name}: ${value}`, says: `/group settings ${setting.name}`, field: { label: name, value } };
}

type Edit = { readonly before: Group; readonly group: Group };

function change(setting: GroupSetting, { before, group }: Edit, { user, id, now }: RequestContext): Step {
  const instead = `/group settings ${setting.name} ${setting.show(before)}`;
  return withData({ groupPrompts: group.id }, ({ groupPrompts }) => ({
    reply: { blocks: [sayGroupSetting(setting.name, setting.show(group), true, setting.example)] },
    changes: [
      { kind: "group-saved", group },
      ...rescheduleGroup(group, groupPrompts, now),
      { kind: "board-invalidated", groupId: group.id, from: beginning, at: now },
      finalAction(user.id, id, { what: "group-set", instead }),
    ],
  }));
}

/** Shows the join code of this channel's group, or creates a new one, which replaces the old one. */
export function code(words: string, context: RequestContext): Step {
  return requireGroupManager(context, "/group code", ({ group, code: before }) => {
    const { id, now, today } = context;
    if (words !== "" && words !== "new") return refuse("bad-value", quotable(words), "/group code new");
    const isValid = before !== undefined && Temporal.Instant.compare(now, before.until) < 0;
    const kept: JoinCode = {
      code: createJoinCode(id),
      groupId: group.id,
      until: now.toZonedDateTimeISO(group.timeZone).add(joinCodeLifetime).toInstant(),
    };
    const made = isValid && words === "" ? before : kept;
    return {
      reply: { blocks: sayCode(group, made, today, group.timeZone) },
      changes: made === kept ? [{ kind: "code-made", code: kept }] : [],
    };
  });
}

/** Removes this channel from its group, or deletes the group. Asks first. A button of another group is refused as stale. */
export function remove(words: string, context: RequestContext): Step {
  return requireGroupManager(context, "/group remove", (found, channel) => {
    const [what = "", id = ""] = words.split(/\s+/);
    if (words === "") return say(...sayRemove(found.group, found.channels.length));
    if (what !== "channel" && what !== "group") return refuse("bad-value", quotable(words), "/group remove");
    if (id === "") return say(...sayRemove(found.group, found.channels.length));
    if (id !== found.group.id) return refuse("stale-button", "", "/group remove");
    return {
      reply: { blocks: [sayRemoved(found.group, what === "channel" && found.channels.length > 1 ? "channel" : "group")] },
      changes: removal(what, found, { channel, context }),
    };
  });
}

/** The next board check removes the live messages. Removing a group's last channel deletes the group. */
function removal(
  what: "channel" | "group",
  { group, channels }: GroupRecord,
  { channel, context: { now, user, id } }: { readonly channel: ChannelRef; readonly context: RequestContext },
): readonly Change[] {
  const outdated: Change = { kind: "board-invalidated", groupId: group.id, from: beginning, at: now };
  const isOnly = what === "group" || channels.length < 2;
  if (!isOnly) return [outdated, { kind: "channel-freed", channel }];
  const ended = finalAction(user.id, id, { what: "group-ended", instead: `/group create ${group.name}` });
  return [outdated, { kind: "group-removed", groupId: group.id }, ended];
}
