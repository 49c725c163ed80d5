/** Discord's documented rules for buttons, menus and forms that its schemas do not check. */

import { ComponentType } from "discord.js";
import { partsOf } from "./message-content.ts";
import { repeated, when } from "./rule.ts";

type Part = ReturnType<typeof partsOf>[number];
type Option = { readonly value: string; readonly default?: boolean };

const classic: readonly unknown[] = [
  ComponentType.ActionRow,
  ComponentType.Button,
  ComponentType.StringSelect,
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.MentionableSelect,
  ComponentType.ChannelSelect,
];

/** The problems of a message's components. */
export function componentProblems(components: readonly object[], isRich: boolean): readonly string[] {
  const parts = partsOf(components);
  const rows = parts.filter(({ type }) => type === ComponentType.ActionRow);
  return [
    ...when(!isRich && components.length > 5, "components: at most 5 action rows"),
    ...when(!isRich && parts.some(({ type }) => !classic.includes(type)), "components: these want the flag IS_COMPONENTS_V2"),
    ...repeated(parts.map((part) => part["custom_id"])).map((id) => `components: custom_id ${id} stands twice`),
    ...repeated(parts.map((part) => part["id"])).map((id) => `components: id ${id} stands twice`),
    ...rows.flatMap(rowProblems),
    ...parts.flatMap(partProblems),
  ];
}

function rowProblems({ components }: Part): readonly string[] {
  const inside = partsOf(components);
  const buttons = inside.filter(({ type }) => type === ComponentType.Button).length;
  const isMixed = buttons > 0 && buttons < inside.length;
  return [
    ...when(inside.length === 0, "components: an action row must hold something"),
    ...when(buttons > 5, "components: at most 5 buttons in a row"),
    ...when(isMixed, "components: buttons and menus do not stand in one row"),
    ...when(buttons === 0 && inside.length > 1, "components: one menu in a row"),
  ];
}

function partProblems(part: Part): readonly string[] {
  const id = part["custom_id"];
  const isBadId = typeof id === "string" && (id.length === 0 || id.length > 100);
  return [
    ...when(isBadId, "custom_id: 1 to 100 characters"),
    ...(part["type"] === ComponentType.Button ? buttonProblems(part) : []),
    ...(part["type"] === ComponentType.StringSelect ? menuProblems(part) : []),
  ];
}

/** The problems of a button. Style 5 is a link, style 6 a purchase. */
function buttonProblems({ style, label, emoji, url, custom_id: id, sku_id: sku }: Part): readonly string[] {
  const isLink = style === 5;
  const isOrdinary = !isLink && style !== 6;
  return [
    ...when(typeof label === "string" && label.length > 80, "label: at most 80 characters on a button"),
    ...when(style !== 6 && !label && !emoji, "label: a button must have one, or an emoji"),
    ...when(isLink && (!url || Boolean(id)), "url: a link has one, and no custom_id"),
    ...when(isOrdinary && (!id || Boolean(url)), "custom_id: a button has one, and no url"),
    ...when(style === 6 && (!sku || Boolean(id)), "sku_id: a premium button has one, and no custom_id"),
  ];
}

function menuProblems({ options, min_values: least = 1, max_values: most = 1 }: Part): readonly string[] {
  const list = (options ?? []) as readonly Option[];
  const defaults = list.filter((option) => option.default === true).length;
  return [
    ...when(list.length === 0 || list.length > 25, "options: 1 to 25 in a menu"),
    ...repeated(list.map(({ value }) => value)).map((value) => `options: value ${value} stands twice`),
    ...when(Number(least) > Number(most), "min_values: at most max_values"),
    ...when(Number(most) > list.length, "max_values: at most as many as there are options"),
    ...when(defaults > Number(most), "options: more defaults than may be picked"),
  ];
}

/** The problems of a form. */
export function modalProblems(modal: { readonly title: string; readonly components: readonly object[] }): readonly string[] {
  const { title, components } = modal;
  const parts = partsOf(components);
  const rows = parts.filter(({ type }) => type === ComponentType.ActionRow);
  const inRows = rows.flatMap((row) => partsOf(row["components"]));
  const inputs = parts.filter(({ type }) => type === ComponentType.TextInput);
  return [
    ...when(title.length > 45, "title: at most 45 characters"),
    ...when(components.length === 0 || components.length > 5, "components: 1 to 5 in a form"),
    ...when(rows.length > 0 && rows.length !== inRows.length, "components: one field in a row"),
    ...inRows.filter(({ label }) => !label).map(() => "label: a field in a row must have one"),
    ...inputs
      .filter((input) => !inRows.includes(input) && input["label"])
      .map(() => "label: the label around a field has the words, not the field"),
    ...repeated(parts.map((part) => part["custom_id"])).map((id) => `components: custom_id ${id} stands twice`),
    ...inputs.flatMap(inputProblems),
    ...parts.filter(({ type }) => type === ComponentType.StringSelect).flatMap(menuProblems),
  ];
}

function inputProblems({ label, value, min_length: least, max_length: most }: Part): readonly string[] {
  const length = typeof value === "string" ? value.length : 0;
  const shortest = Number(least ?? 0);
  const longest = Number(most ?? 4000);
  return [
    ...when(typeof label === "string" && label.length > 45, "label: at most 45 characters on a field"),
    ...when(shortest > longest, "min_length: at most max_length"),
    ...when(length > longest, `value: at most ${longest} characters, not ${length}`),
    ...when(length > 0 && length < shortest, `value: at least ${shortest} characters, not ${length}`),
  ];
}
