/** `npm run manifest -- [PREFIX] [ADDRESS]`: prints the manifest that creates the app on Slack. */

import { argv, stdout } from "node:process";
import { createManifest } from "./index.ts";

/** PREFIX goes before the command names. ADDRESS is the public URL of the bot for many workspaces, such as https://bot.example.org. */
const words = argv.slice(2);
const publicUrl = words.find((word) => /^https?:/.test(word));
const prefix = words.find((word) => word !== publicUrl) ?? "";
stdout.write(`${JSON.stringify(createManifest({ prefix, publicUrl }), undefined, 2)}\n`);
