/** The evidence files as they lie in this folder, unread. `schema.md` beside this file gives their shapes. */

import { readFileSync } from "node:fs";

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");
const readJson = (name: string): unknown => JSON.parse(read(name));

/** Every data file of the evidence, by its name. */
export const files = {
  "dose-response.json": readJson("dose-response.json"),
  "guidelines.json": readJson("guidelines.json"),
  "activities.json": readJson("activities.json"),
  "sources.json": readJson("sources.json"),
  "facts.md": read("facts.md"),
};
