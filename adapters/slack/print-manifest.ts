/** `npm run manifest -- [PREFIX]`: prints the manifest that creates the app on Slack, with PREFIX before the names of its commands. */

import { argv, stdout } from "node:process";
import { createManifest } from "./manifest.ts";

const [, , prefix = ""] = argv;
stdout.write(`${JSON.stringify(createManifest({ prefix, publicUrl: undefined }), undefined, 2)}\n`);
