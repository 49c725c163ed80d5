/** Deadline and caching for rendered pictures. A late picture is left out: the words say everything. */

/** Draws SVG text as the bytes of a PNG. `turn` names the user or channel; each has its own turn in the queue. */
export type RenderPng = (svg: string, turn?: string) => Promise<Uint8Array>;

/** `renderPng` with `turn` as the default turn. */
export function renderPngFor(renderPng: RenderPng, turn: string): RenderPng {
  return async (svg, other = turn) => await renderPng(svg, other);
}

/** Milliseconds for which a message waits for its picture, including the queue of other pictures. */
export const maxRenderWait = 10_000;

/** `renderPng` with a deadline: rejects after `most` milliseconds. */
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

/** `renderPng` that renders each picture once, however often its message is sent. A failure is cached, too. */
export function renderPngOnce(renderPng: RenderPng): RenderPng {
  const rendered = new Map<string, Promise<Uint8Array>>();
  return async (svg, turn) => {
    const begun = rendered.get(svg) ?? renderPng(svg, turn);
    rendered.set(svg, begun);
    return await begun;
  };
}

/** A render context for one reply to `turn`, a user or a channel. Each picture is rendered once over all attempts. */
export function contextFor<Context extends { readonly renderPng: RenderPng }>(context: Context, turn: string): Context {
  return { ...context, renderPng: renderPngOnce(renderPngFor(context.renderPng, turn)) };
}
