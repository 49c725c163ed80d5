/**
 * The launcher: starts the program on a suitable Node, or prints one sentence on what to do. Any Node must parse it: old syntax only.
 *
 * On Node 26 or newer the program runs in this process. On an older Node it runs on the binary of the package `node`, if that is
 * installed, in a child process, which gets every signal and whose end is ours. Exit code 1 if there is no such binary.
 */

"use strict";

var childProcess = require("child_process");
var fs = require("fs");
var path = require("path");

/** The first major version of Node with Temporal that runs TypeScript without a build. */
var oldestMajor = 26;
var root = path.join(__dirname, "..");
var entry = path.join(__dirname, "main.ts");
var binary = path.join(root, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");

var tooOld = [
  "Sweetspot needs Node " + oldestMajor + " or newer, and this is Node " + process.versions.node + ":",
  'run "npm ci" without --omit=dev, which brings a Node along, or install one from https://nodejs.org.',
].join(" ");

if (!fs.existsSync(path.join(root, "node_modules"))) {
  refuse('Sweetspot\'s packages are not installed: run "npm ci" in ' + root + ".");
} else if (parseInt(process.versions.node, 10) >= oldestMajor) {
  require("./main.ts");
} else if (fs.existsSync(binary)) {
  startOn(binary);
} else {
  refuse(tooOld);
}

/** Prints why nothing is started. */
function refuse(sentence) {
  process.stderr.write(sentence + "\n");
  process.exitCode = 1;
}

/** Runs the program on another Node. SWEETSPOT_RELAYED tells it that a signal may arrive twice. */
function startOn(node) {
  var environment = {};
  Object.keys(process.env).forEach(function (name) {
    environment[name] = process.env[name];
  });
  environment.SWEETSPOT_RELAYED = "1";
  var child = childProcess.spawn(node, [entry].concat(process.argv.slice(2)), { stdio: "inherit", env: environment });
  var signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  signals.forEach(function (signal) {
    process.on(signal, function () {
      child.kill(signal);
    });
  });
  child.on("error", function (error) {
    refuse("Sweetspot cannot be started on " + node + " (" + error.code + '): run "npm ci" again.');
  });
  child.on("exit", function (code, signal) {
    signals.forEach(function (each) {
      process.removeAllListeners(each);
    });
    if (signal) process.kill(process.pid, signal);
    else process.exitCode = code;
  });
}
