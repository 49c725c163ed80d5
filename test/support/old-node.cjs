/** Loaded before a program that is to take this Node for an older one; OLD_NODE is its version, such as 12.22.12. */

"use strict";

var versions = Object.assign({}, process.versions, { node: process.env.OLD_NODE });
Object.defineProperty(process, "versions", { value: versions });
Object.defineProperty(process, "version", { value: "v" + versions.node });
