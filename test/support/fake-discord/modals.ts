/** Forms: what the bot requests, and what a person submits. */

import { ComponentType } from "discord.js";
import { partsOf } from "./message-content.ts";
import type { Payload } from "./payloads.ts";
import type { Field, Modal } from "./types.ts";

/** A form as the bot sends it. */
export type ModalBody = { readonly title: string; readonly custom_id: string; readonly components: readonly Payload[] };

/** A form with its body, which people do not see. */
export type OpenModal = Modal & { readonly body: ModalBody };

/** A form as a person sees it. */
export function modalOf(body: ModalBody, openedBy: string): OpenModal {
  return { title: body.title, customId: body.custom_id, openedBy, fields: body.components.flatMap(fieldsOf), body };
}

function fieldsOf(component: Payload): readonly Field[] {
  const inputs = partsOf(component).filter(({ type }) => type === ComponentType.TextInput || type === ComponentType.StringSelect);
  return inputs.map((input) => ({
    label: [input["label"], component["label"]].find((label) => typeof label === "string") ?? "",
    value: typeof input["value"] === "string" ? input["value"] : defaultOf(input),
    customId: String(input["custom_id"]),
  }));
}

function defaultOf({ options = [] }: Payload): string {
  const chosen = (options as readonly { readonly value: string; readonly default?: boolean }[]).find((option) => option.default);
  return chosen?.value ?? "";
}

/** The submission of a form with `values` by field label. */
export function submission({ title, body, fields }: OpenModal, values: Readonly<Record<string, string>>): Payload {
  for (const label of Object.keys(values)) {
    if (!fields.some((field) => field.label === label)) throw new Error(`Fill in "${label}": the form "${title}" has no such field`);
  }
  const byId = new Map(fields.map(({ customId, label, value }) => [customId, values[label] ?? value]));
  return { custom_id: body.custom_id, components: body.components.map((component) => filled(component, byId)) };
}

function filled(component: Payload, values: ReadonlyMap<string, string>): Payload {
  const { type, id, components, component: inner } = component;
  const numbered = { type, id: id ?? 1 };
  if (Array.isArray(components)) return { ...numbered, components: components.map((one: Payload) => filled(one, values)) };
  if (typeof inner === "object" && inner !== null) return { ...numbered, component: filled(inner as Payload, values) };
  if (type !== ComponentType.TextInput && type !== ComponentType.StringSelect) return numbered;
  const customId = String(component["custom_id"]);
  const value = values.get(customId) ?? "";
  if (type === ComponentType.StringSelect) return { ...numbered, custom_id: customId, values: value === "" ? [] : [value] };
  expectFits(component, value);
  return { ...numbered, custom_id: customId, value };
}

/** Throws if the client would not submit the value. */
function expectFits({ custom_id: id, required, min_length: least, max_length: most }: Payload, value: string): void {
  if (required !== false && value === "") throw new Error(`Submit: field ${String(id)} must be filled in`);
  if (value.length > Number(most ?? 4000)) throw new Error(`Submit: field ${String(id)} takes at most ${Number(most)} characters`);
  if (value !== "" && value.length < Number(least ?? 0)) throw new Error(`Submit: field ${String(id)} wants ${Number(least)} characters`);
}
