/** The thread in which drawings become pictures: takes an SVG, answers with its PNG or with what is wrong. `png.ts` starts it. */

import { Resvg, type ResvgRenderOptions } from "@resvg/resvg-js";
import { fileURLToPath } from "node:url";
import { parentPort } from "node:worker_threads";

/** The answer to an SVG. */
export type Rendered = { readonly png: Uint8Array<ArrayBuffer> } | { readonly error: string };

const fonts = ["500Medium/Inter_500Medium.ttf", "700Bold/Inter_700Bold.ttf"];

/** Only fonts that come with the program, so that a picture is the same on every machine. Two pixels for each of the drawing's. */
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
    // What resvg gives lies outside the heap and cannot be handed over: it is copied once, here.
    return { png: new Uint8Array(new Resvg(svg, options).render().asPng()) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
