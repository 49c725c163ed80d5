/** Malformed platform payloads: a field is missing, null, of another type or of an unknown kind. */

import fc from "fast-check";

/** JSON as it is sent. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** A path to a value in a payload: field names and list indexes. */
export type Way = readonly (string | number)[];

/** The replacement of a value; "gone" removes it. */
export type Swap = { readonly kind: "gone" } | { readonly kind: "is"; readonly value: Json };

/** All replacements that are tried. */
export const swaps: readonly Swap[] = [
  { kind: "gone" },
  ...[null, "", "unknown-kind", 987_654, -1, true, [], {}, [null], { id: null }, "x".repeat(3000)].map(
    (value) => ({ kind: "is", value }) as const,
  ),
];

/** `payload` without the named fields. */
export function without<Payload extends object>(payload: Payload, ...names: readonly string[]): Payload {
  return Object.fromEntries(Object.entries(payload).filter(([name]) => !names.includes(name))) as Payload;
}

/** The path of each value in `payload`, including the whole, at most `depth` steps deep. */
export function waysIn(payload: Json, depth = 6): readonly Way[] {
  if (depth === 0 || typeof payload !== "object" || payload === null) return [[]];
  const inside = Object.entries(payload).flatMap(([name, value]) => waysIn(value, depth - 1).map((way) => [name, ...way]));
  return [[], ...inside];
}

/** `payload` with the value at `way` replaced; undefined when the whole is removed. */
export function spoil(payload: Json, [step, ...rest]: Way, swap: Swap): Json | undefined {
  if (step === undefined) return swap.kind === "gone" ? undefined : swap.value;
  if (typeof payload !== "object" || payload === null) return payload;
  const changed = Object.entries(payload).map(([name, value]) => [name, name === String(step) ? spoil(value, rest, swap) : value] as const);
  const kept = changed.filter(([, value]) => value !== undefined);
  return Array.isArray(payload) ? kept.map(([, value]) => value as Json) : (Object.fromEntries(kept) as Json);
}

/** Every payload that differs from `payload` in one value. */
export function spoiledOf(payload: Json, by: readonly Swap[] = swaps): readonly (Json | undefined)[] {
  return waysIn(payload).flatMap((way) => by.map((swap) => spoil(payload, way, swap)));
}

/** An arbitrary of payloads that differ from one of `payloads` in one to three values. */
export function anySpoiled(payloads: readonly Json[]): fc.Arbitrary<Json | undefined> {
  return fc.constantFrom(...payloads).chain((payload) => {
    const one = fc.record({
      way: fc.constantFrom(...waysIn(payload)),
      swap: fc.oneof(fc.constantFrom(...swaps), fc.jsonValue({ maxDepth: 2 }).map(asSwap)),
    });
    return fc.array(one, { minLength: 1, maxLength: 3 }).map((all) => all.reduce<Json | undefined>(spoilMore, payload));
  });
}

function asSwap(value: unknown): Swap {
  return { kind: "is", value: value as Json };
}

function spoilMore(payload: Json | undefined, { way, swap }: { readonly way: Way; readonly swap: Swap }): Json | undefined {
  return payload === undefined ? undefined : spoil(payload, way, swap);
}
