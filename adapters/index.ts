/** The platform table: every place where the coach can be talked to. A new platform is a folder here and a line below. */

import { createConsole } from "./console/index.ts";

/** How each platform's adapter is made. */
export const platforms = { console: createConsole } as const;
