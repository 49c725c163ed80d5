/** The contract of the `Adapter` port. Every platform keeps it; what one of them does besides is tested beside it. */

import { describe, expect, test } from "vitest";
import type { Address, DeliveryKey } from "#core/lib/ids.ts";
import { type Reply, text } from "#core/model/reply.ts";
import type { Adapter, HandleMessage, Inbound, Surface } from "#src/ports/adapter.ts";
import { filing, receiving } from "./adapter-files.ts";
import { all, echo, key, posting } from "./adapter-posts.ts";

/** A platform with one adapter on it, somebody who uses it, and others who look on. */
export type Stand = {
  readonly adapter: Adapter;
  /** Where that person is alone with the coach. */
  readonly surface: Surface;
  /** The channel in which they are among others. */
  readonly channel: Surface;
  start(): Promise<void>;
  /** They say `words` alone with the coach, or among others. */
  say(words: string, where?: "alone" | "among others"): Promise<void>;
  /** They send a file, alone with the coach. */
  sendFile(name: string, content: string): Promise<void>;
  /** They press what is called `label`, wherever they saw it last. */
  press(label: string): Promise<void>;
  /** They press `label`, which asks, and answer with `words`. Gives what stood there. */
  fill(label: string, words: string): Promise<string>;
  /** All that the coach has shown them, without markup. */
  shown(): string;
  /** All that it has shown to somebody else. */
  shownToOthers(): string;
  /** How many pictures they have. */
  pictures(): number;
  /** The files of words that they have, the first first. */
  files(): readonly { readonly name: string; readonly content: string }[];
};

/** What a stand is opened with: who answers, and what draws. */
export type Given = { readonly handle: HandleMessage; readonly renderPng: (svg: string) => Promise<Uint8Array> };

/** Holds the adapter that `open` gives against the contract. */
export function adapterContract(name: string, open: (given: Given) => Promise<Stand>): void {
  const raise = async (answer: HandleMessage = async (inbound) => echo(inbound.text)) => {
    const heard: Inbound[] = [];
    const handle: HandleMessage = async (inbound) => {
      heard.push(inbound);
      return await answer(inbound);
    };
    const stand = await open({ handle, renderPng: async () => new Uint8Array([137, 80, 78, 71]) });
    const shows = async (words: string): Promise<void> => await expect.poll(stand.shown, { timeout: 5000, interval: 5 }).toContain(words);
    const hears = async (words: string): Promise<void> =>
      await expect.poll(() => heard.map((inbound) => inbound.text), { timeout: 5000, interval: 5 }).toContain(words);
    return { ...stand, heard, shows, hears };
  };
  describe(name, () => {
    listening(raise);
    showing(raise);
    speaking(raise);
    speakingAloud(raise);
    posting(raise);
    filing(raise);
    receiving(raise);
    ending(raise);
  });
}

/** A stand, and what the coach heard on it. */
export type Raised = Stand & {
  readonly heard: readonly Inbound[];
  shows(words: string): Promise<void>;
  hears(words: string): Promise<void>;
};
/** Raises a stand whose adapter is answered by `answer`. */
export type Raise = (answer?: HandleMessage) => Promise<Raised>;

function listening(raise: Raise): void {
  test("what is said arrives once, with who said it and where", async () => {
    const { start, say, shows, heard, surface } = await raise();
    await start();
    await say("20 strength");
    await shows("You said 20 strength.");
    await say("30 walk", "among others");
    await shows("You said 30 walk.");
    expect(heard.map((inbound) => [inbound.text, inbound.surface?.reach])).toEqual([
      ["20 strength", "direct"],
      ["30 walk", "shared"],
    ]);
    expect(heard[0]?.surface).toEqual(surface);
    expect(heard.map(({ account }) => account)).toEqual([heard[0]?.account, heard[0]?.account]);
    expect(heard[0]?.account.platform).toBe(surface.platform);
    expect(new Set(heard.map(({ source }) => source)).size).toBe(2);
  });

  test("a press arrives as the words that it stands for", async () => {
    const { start, say, shows, press, heard } = await raise();
    await start();
    await say("20 strength");
    await shows("You said 20 strength.");
    await press("Week");
    await shows("You said /week.");
    expect(heard.map((inbound) => inbound.text)).toEqual(["20 strength", "/week"]);
  });

  test("a choice that wants words asks for them with what they were, and they follow its own", async () => {
    const { start, say, shows, fill } = await raise();
    await start();
    await say("20 strength");
    await shows("You said 20 strength.");
    expect(await fill("Correct", "25 strength")).toBe("20 strength");
    await shows("You said /correct 7 25 strength.");
  });

  test("one of many choices can be picked", async () => {
    const { start, say, shows, press, hears, heard } = await raise(async () => all);
    await start();
    await say("all");
    await shows("in bold");
    await press("Choice 2");
    await hears("/pick 2");
    expect(heard).toHaveLength(2);
  });
}

function showing(raise: Raise): void {
  test("each kind of block is shown", async () => {
    const { start, say, shows, shown, pictures } = await raise(async () => all);
    await start();
    await say("all");
    await shows("Choice 2");
    expect(shown()).toMatch(/Words in bold\.[^]*Strength:?\s+20 of 40–60 min[^]*0 \S+ 120/u);
    await expect.poll(pictures).toBe(1);
  });

  test("nothing is shown where there is no answer", async () => {
    const { start, say, shows, shown } = await raise(async ({ text: words }) => (words === "again" ? undefined : echo(words)));
    await start();
    await say("again");
    await say("then");
    await shows("You said then.");
    expect(shown().split("You said")).toHaveLength(2);
  });

  test("words that a platform might take for its own are shown as they are", async () => {
    const { start, say, shows, shown } = await raise();
    await start();
    const words = "@everyone <@1> *x* _y_ ~z~ [bank](http://evil.example) `tick` > # &lt; \\ ||s||";
    await say(words);
    await shows("You said");
    expect(shown()).toContain(words);
  });

  test("nobody else reads what is answered, also where others are", async () => {
    const { start, say, shows, shownToOthers } = await raise();
    await start();
    await say("20 strength");
    await say("30 walk", "among others");
    await shows("You said 30 walk.");
    expect(shownToOthers()).not.toContain("You said");
  });
}

function speaking(raise: Raise): void {
  test("what is said unasked is seen by its person alone, and can be pressed", async () => {
    const { adapter, surface, start, shows, shownToOthers, press, hears } = await raise();
    await start();
    expect(await adapter.send(surface, echo("unasked"), key)).toEqual({ kind: "sent" });
    await shows("You said unasked.");
    expect(shownToOthers()).not.toContain("unasked");
    await press("Week");
    await hears("/week");
  });

  test("the same key is shown once where the platform knows it again, and each time where it does not", async () => {
    const { adapter, surface, start, shows, shown } = await raise();
    await start();
    await adapter.send(surface, echo("first"), key);
    await adapter.send(surface, echo("second"), key, Temporal.Now.instant());
    await adapter.send(surface, echo("other"), `${key} other` as DeliveryKey);
    await shows("You said other.");
    expect(shown().includes("You said second.")).toBe(adapter.recognisesFor.sign === 0);
  });

  test("sending says what came of it, also before the start, after the end and to nobody", async () => {
    const { adapter, surface, start } = await raise();
    const kinds = ["sent", "later", "closed", "refused", "unknown"];
    expect(kinds).toContain((await adapter.send(surface, echo("before"), key)).kind);
    await start();
    const nobody = { ...surface, address: "1" as Address };
    expect(kinds).toContain((await adapter.send(nobody, echo("to nobody"), `${key} 2` as DeliveryKey)).kind);
    await adapter.stop();
    expect(kinds).toContain((await adapter.send(surface, echo("after"), `${key} 3` as DeliveryKey)).kind);
  });
}

const aloud: Reply = { blocks: [text("For the asker.")], announcement: [text("For everybody.")] };

function speakingAloud(raise: Raise): void {
  test("what is said aloud is read by everybody in that place, and the rest by the asker alone", async () => {
    const { start, say, shows, shownToOthers } = await raise(async () => aloud);
    await start();
    await say("20 strength", "among others");
    await shows("For the asker.");
    await expect.poll(shownToOthers, { timeout: 5000, interval: 5 }).toContain("For everybody.");
    expect(shownToOthers()).not.toContain("For the asker.");
  });

  test("where nobody else is, nothing is said aloud", async () => {
    const { start, say, shows, shown, shownToOthers } = await raise(async ({ text: words }) => (words === "then" ? echo(words) : aloud));
    await start();
    await say("20 strength");
    await shows("For the asker.");
    await say("then");
    await shows("You said then.");
    expect(shownToOthers()).not.toContain("For everybody.");
    expect(shown()).not.toContain("For everybody.");
  });
}

function ending(raise: Raise): void {
  test("a stop lets what is under way finish, takes in nothing more, and ends the adapter", async () => {
    const { promise: work, resolve: finish } = Promise.withResolvers<void>();
    const { adapter, start, say, hears, shown, heard } = await raise(async ({ text: words }) => await work.then(() => echo(words)));
    await start();
    await say("20 strength");
    await hears("20 strength");
    let isStopped = false;
    const stopped = adapter.stop().then(() => (isStopped = true));
    await say("30 walk");
    expect(isStopped).toBe(false);
    finish();
    await stopped;
    await adapter.ended;
    expect(shown()).toContain("You said 20 strength.");
    expect(heard).toHaveLength(1);
    await adapter.stop();
  });

  test("a stop before the start ends at once", async () => {
    const { adapter, heard } = await raise();
    await adapter.stop();
    expect(heard).toEqual([]);
  });
}
