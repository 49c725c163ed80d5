/** Pictures in time: one that is not there by then is left out, as the words say all of it. */

/** Draws SVG text as the bytes of a PNG. `turn` names the person or the place that it is for: each has a turn of its own. */
export type RenderPng = (svg: string, turn?: string) => Promise<Uint8Array>;

/** `renderPng` in the turn of `turn`, unless another is named. */
export function renderPngFor(renderPng: RenderPng, turn: string): RenderPng {
  return async (svg, other = turn) => await renderPng(svg, other);
}

/** Milliseconds for which a message waits for its picture, behind all others that are rendered. */
export const maxRenderWait = 10_000;

/** `renderPng`, given up after `most` milliseconds. Rejects then. */
export function renderPngWithin(renderPng: RenderPng, most = maxRenderWait): RenderPng {
  return async (svg, turn) => {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error(`Paint a picture: it must be there within ${most} ms`)), most);
    try {
      return await Promise.race([renderPng(svg, turn), late]);
    } finally {
      clearTimeout(timer);
    }
  };
}

/** `renderPng`, which paints each picture once, however often a message with it is tried. What failed is not tried again. */
export function renderPngOnce(renderPng: RenderPng): RenderPng {
  const rendered = new Map<string, Promise<Uint8Array>>();
  return async (svg, turn) => {
    const begun = rendered.get(svg) ?? renderPng(svg, turn);
    rendered.set(svg, begun);
    return await begun;
  };
}
