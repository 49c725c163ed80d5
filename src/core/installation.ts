/** Where the coach was let in. */

import type { PlatformName } from "./brand.ts";

/** A place on a platform that let the coach in, and what it speaks with there, sealed: nobody reads it without a key from outside. */
export type Installation = { readonly platform: PlatformName; readonly home: string; readonly sealed: string };
