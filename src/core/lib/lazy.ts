/** Values that are dear to make, and not wanted by everybody. */

/** Gives what `make` made when it was first asked for. */
export function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
