/** The worker thread that renders an SVG as PNG: answers with the PNG or an error. Started by `png.ts`. */

import { Resvg, type ResvgRenderOptions } from "@resvg/resvg-js";
import { fileURLToPath } from "node:url";
import { parentPort } from "node:worker_threads";

/** The answer to one SVG. */
export type Rendered = { readonly png: Uint8Array<ArrayBuffer> } | { readonly error: string };

const fonts = ["500Medium/Inter_500Medium.ttf", "700Bold/Inter_700Bold.ttf"];

/** Only bundled fonts, so that a picture is the same on every machine. Two pixels for each unit of the drawing. */
const options: ResvgRenderOptions = {
  font: {
    loadSystemFonts: false,
    fontFiles: fonts.map((path) => fileURLToPath(import.meta.resolve(`@expo-google-fonts/inter/${path}`))),
    defaultFontFamily: "Inter",
  },
  fitTo: { mode: "zoom", value: 2 },
};

parentPort?.on("message", (svg: string) => {
  const rendered = render(svg);
  parentPort?.postMessage(rendered, "png" in rendered ? [rendered.png.buffer] : []);
});

function render(svg: string): Rendered {
  try {
    // resvg's buffer is outside the heap and cannot be transferred: it is copied once, here.
    return { png: new Uint8Array(new Resvg(svg, options).render().asPng()) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
