/** Slack under the contract of adapters. */

import { expect, onTestFinished } from "vitest";
import type { Address, PlatformName } from "#core/lib/ids.ts";
import type { Adapter } from "#src/ports/adapter.ts";
import { createSlack } from "../../../adapters/slack/index.ts";
import { adapterContract, type Given, type Stand } from "../../contracts/adapter.ts";
import { httpOptions, originIn } from "../../support/fake-slack/coach-on-slack.ts";
import { openSlack } from "../../support/fake-slack/server.ts";
import type { Seen, Slack } from "../../support/fake-slack/types.ts";
import { createMemoryStore } from "../../support/model-store/store.ts";

function words({ text, buttons, menu }: Seen): string {
  return [text, ...buttons, ...menu.map(({ label }) => label)].join("\n");
}

const nothing = (): void => {};
const log = { info: nothing, warn: nothing, error: nothing };
const clock = { now: () => Temporal.Now.instant() };

async function openSocket({ handle, renderPng }: Given): Promise<Stand> {
  const slack = await openSlack();
  onTestFinished(slack.close);
  const { botToken, appToken, apiUrl } = slack;
  const adapter = createSlack({ botToken, appToken, apiUrl, prefix: "", clock, log, renderPng, tell: nothing });
  return standOf(slack, adapter, () =>
    adapter.start({ handle, suggest: async () => [], updateTimeZone: async () => {}, defer: async () => false }),
  );
}

async function openHttp({ handle, renderPng }: Given): Promise<Stand> {
  const slack = await openSlack({ workspaces: 1 });
  onTestFinished(slack.close);
  const store = createMemoryStore();
  const told: string[] = [];
  const { apiUrl } = slack;
  const tell = (line: string): void => void told.push(line);
  const adapter = createSlack({ ...httpOptions(slack, store, clock), apiUrl, prefix: "", clock, log, renderPng, tell });
  return standOf(slack, adapter, async () => {
    await adapter.start({ handle, suggest: async () => [], updateTimeZone: async () => {}, defer: async () => false });
    await slack.http.aim(originIn(told));
    await slack.browser().install(slack.teamId);
  });
}

function standOf(slack: Slack, adapter: Adapter, start: () => Promise<void>): Stand {
  const [ann, bo] = [slack.person("ann"), slack.person("bo")];
  onTestFinished(async () => {
    await adapter.stop();
    expect(slack.problems).toEqual([]);
  });
  const seen = (): readonly Seen[] => [ann.dm, slack.channel].flatMap((place) => ann.screen(place).filter(({ isFromBot }) => isFromBot));
  const offering = (label: string): Seen => {
    const one = seen().findLast(({ buttons, menu }) => buttons.includes(label) || menu.some((option) => option.label === label));
    if (!one) throw new Error(`Press "${label}": it must be shown, and shown is: ${seen().map(words).join("\n")}`);
    return one;
  };
  return {
    adapter,
    surface: { platform: "slack" as PlatformName, address: `${slack.teamId} ${ann.id}` as Address, reach: "direct" },
    channel: { platform: "slack" as PlatformName, address: `channel ${slack.teamId} ${slack.channel}` as Address, reach: "shared" },
    start,
    say: (text, where = "alone") => (where === "alone" ? ann.say(text) : ann.say(`<@${slack.botId}> ${text}`, slack.channel)),
    sendFile: (name, content) => ann.say("", undefined, { name, content }),
    press: (label) => ann.press(offering(label), label),
    async fill(label, text) {
      await ann.press(offering(label), label);
      await expect.poll(ann.modal, { timeout: 5000, interval: 5 }).toBeDefined();
      const modal = ann.modal();
      if (!modal) throw new Error(`Press "${label}": it must open a form`);
      await ann.submit(modal, text);
      return modal.field.value;
    },
    shown: () => seen().map(words).join("\n"),
    shownToOthers: () =>
      bo
        .screen(slack.channel)
        .filter(({ isFromBot }) => isFromBot)
        .map(words)
        .join("\n"),
    pictures: () => seen().flatMap(({ pictures }) => pictures).length,
    files: () => seen().flatMap(({ files }) => files.map(({ name, bytes }) => ({ name, content: Buffer.from(bytes).toString() }))),
  };
}

adapterContract("Slack in Socket Mode", openSocket);
adapterContract("Slack over HTTP", openHttp);
