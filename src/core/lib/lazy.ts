/** Lazy values: computed on first use. */

/** Returns a function that calls `make` once and then always returns its value. */
export function lazy<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
