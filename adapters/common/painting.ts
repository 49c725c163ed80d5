/** Pictures in time: one that is not there by then is left out, as the words say all of it. */

/** Draws SVG text as the bytes of a PNG. */
export type Paint = (svg: string) => Promise<Uint8Array>;

/** Milliseconds for which a message waits for its picture, behind all others that are painted. */
export const usualPainting = 10_000;

/** `paint`, given up after `most` milliseconds. Rejects then. */
export function paintWithin(paint: Paint, most = usualPainting): Paint {
  return async (svg) => {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error(`Paint a picture: it must be there within ${most} ms`)), most);
    try {
      return await Promise.race([paint(svg), late]);
    } finally {
      clearTimeout(timer);
    }
  };
}

/** `paint`, which paints each picture once, however often a message with it is tried. What failed is not tried again. */
export function paintOnce(paint: Paint): Paint {
  const painted = new Map<string, Promise<Uint8Array>>();
  return async (svg) => {
    const begun = painted.get(svg) ?? paint(svg);
    painted.set(svg, begun);
    return await begun;
  };
}
