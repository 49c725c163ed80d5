/** What is sent unasked while Slack is silent, full, or takes no token, and while the process dies: what people read, and what Slack is spared. */

import { describe, expect, onTestFinished, test } from "vitest";
import { eventsOf, directMessagesOf, type Monday, monday, openDirectMessages } from "../../support/fake-slack/direct-messages.ts";
import { type Half, openRelay, type Relay } from "../../support/fake-slack/relay.ts";
import type { Fault, Person, Slack } from "../../support/fake-slack/types.ts";

const post = "chat.postMessage";
const history = "conversations.history";

function says(error: string): Fault {
  return { kind: "error", error };
}

/** How many messages each of `people` reads. */
function readings(people: readonly Person[]): readonly number[] {
  return people.map((person) => directMessagesOf(person).length);
}

function once(people: readonly Person[]): readonly number[] {
  return people.map(() => 1);
}

async function allSent({ people, endsOf }: Monday): Promise<void> {
  for (const person of people) expect(await endsOf(person)).toEqual(["weekly sent"]);
}

describe("a Slack that does not answer (B21)", () => {
  test("is given up after the deadline: what is in doubt is found in the history later, and is there once", async () => {
    const setup = await monday(1, { deadline: 1500 });
    const { ann, slack, run, turn, endsOf } = setup;
    slack.fail(post, { kind: "hang" });
    await run();
    expect(await endsOf(ann)).toEqual(["weekly sending"]);
    expect(eventsOf(setup)).toEqual(["slack-ambiguous"]);
    turn({ seconds: 90 });
    await run();
    expect(setup.asked(post, history)).toEqual([2, 1]);
    expect(readings([ann])).toEqual([1]);
    expect(await setup.finish()).toEqual([]);
    await allSent(setup);
  });

  test("holds up nobody else: twenty people read theirs meanwhile", async () => {
    const setup = await monday(21);
    const { people, slack, run, turn } = setup;
    slack.fail(post, { kind: "hang" });
    const running = run();
    await expect.poll(() => readings(people).filter((count) => count === 1), { timeout: 10_000, interval: 20 }).toHaveLength(20);
    slack.heal();
    await running;
    turn({ seconds: 90 });
    await run();
    expect(readings(people)).toEqual(once(people));
    expect(await setup.finish()).toEqual([]);
  });

  test("to all that is sent at once answers whoever asks something", async () => {
    const setup = await monday(20);
    const { people, ann, slack, run, listen } = setup;
    await listen();
    slack.fail(post, { kind: "hang" }, 8);
    const running = run();
    await expect.poll(() => setup.asked(post), { timeout: 10_000, interval: 10 }).toEqual([8]);
    await ann.slash("/log", "20 strength");
    const answered = (): string => ann.screen(slack.channel).at(-1)?.text ?? "";
    await expect.poll(answered, { timeout: 8000, interval: 10 }).toContain("20 min strength logged for today");
    expect(setup.asked(post)).toEqual([8]);
    slack.heal();
    await running;
    expect(await setup.finish()).toEqual([]);
    expect(readings(people)).toEqual(once(people));
  });

  test.each<Half>(["half-then-drop", "half-then-hang"])("and one whose answer breaks off (%s) is in doubt alike (B20)", async (how) => {
    const relays: Relay[] = [];
    const through = async (slack: Slack): Promise<string> => {
      const relay = await openRelay(slack);
      onTestFinished(relay.close);
      relays.push(relay);
      return relay.apiUrl;
    };
    const setup = await monday(1, { deadline: 1500, through });
    const { ann, run, turn, endsOf } = setup;
    relays[0]?.break(post, how);
    await run();
    expect(await endsOf(ann)).toEqual(["weekly sending"]);
    turn({ seconds: 90 });
    await run();
    expect(setup.asked(post, history)).toEqual([1, 1]);
    expect(await setup.finish()).toEqual([]);
    expect(readings([ann])).toEqual([1]);
    await allSent(setup);
  });
});

test("a rate-limited conversation waits as long as Slack says and delays nobody else", async () => {
  const setup = await monday(21);
  const { people, slack, run, turn, endsOf, listen } = setup;
  await listen();
  slack.fail(post, { kind: "status", status: 429, retryAfter: "40" });
  await run();
  const left = people.find((person) => directMessagesOf(person).length === 0);
  if (!left) throw new Error("Fill a conversation: somebody must read nothing yet");
  expect(readings(people).filter((count) => count === 1)).toHaveLength(20);
  expect(await endsOf(left)).toEqual(["weekly queued"]);
  await left.slash("/week", "");
  const answered = (): string => left.screen(slack.channel).at(-1)?.text ?? "";
  await expect.poll(answered, { timeout: 8000, interval: 10 }).toContain("of 40–60 min");
  turn({ seconds: 39 });
  await run();
  expect(setup.asked(post)).toEqual([21]);
  turn({ seconds: 2 });
  await run();
  expect(readings(people)).toEqual(once(people));
  expect(eventsOf(setup).filter((event) => event !== "slack-connected")).toEqual([]);
  expect(await setup.finish()).toEqual([]);
});

describe("an answer that nobody heard", () => {
  test("because the process was killed is looked up by the next one: 12 people read one message each", async () => {
    const setup = await monday(12);
    const { people, runAndDie, run, turn, endsOf } = setup;
    await runAndDie();
    for (const person of people) expect(await endsOf(person)).toEqual(["weekly sending"]);
    expect(readings(people)).toEqual(once(people));
    turn({ seconds: 90 });
    await run();
    expect(setup.asked(post, history)).toEqual([12, 12]);
    expect(readings(people)).toEqual(once(people));
    expect(await setup.finish()).toEqual([]);
    await allSent(setup);
  });

  test.each([
    [90, "sent"],
    [6 * 3600, "sent"],
    [26 * 3600, "sent"],
    [49 * 3600, "unknown in-doubt"],
  ])("where the machine was away for %i seconds is looked for: one message is read, and it is %s", async (seconds, end) => {
    const setup = await monday();
    const { ann, slack, run, turn, endsOf } = setup;
    const before = setup.now().epochMilliseconds / 1000;
    slack.fail(post, { kind: "done-then-drop" });
    await run();
    turn({ seconds });
    await run();
    expect(await setup.finish()).toEqual([]);
    expect(setup.asked(post)).toEqual([1]);
    expect(readings([ann])).toEqual([1]);
    expect(await endsOf(ann)).toEqual([`weekly ${end}`]);
    for (const { body } of slack.calls(history).filter((call) => "oldest" in call.body)) {
      expect(Number(body["oldest"])).toBeLessThanOrEqual(before);
      expect(Number(body["oldest"])).toBeGreaterThan(before - 3600);
    }
  });

  test.each<readonly [name: string, of: string, how: Fault]>([
    ["the person is gone", "users.info", says("user_not_found")],
    ["Slack is out", "users.info", { kind: "drop" }],
    ["the token is refused", "users.info", says("token_revoked")],
    ["the history is full", history, { kind: "status", status: 429, retryAfter: "60" }],
    ["the history may not be read", history, says("missing_scope")],
    ["the history breaks", history, { kind: "drop" }],
    ["the channel is gone", history, says("channel_not_found")],
  ])("and where %s at the second try was read once, and is not said to have failed", async (_, of, how) => {
    const setup = await monday();
    const { ann, slack, run, turn, endsOf } = setup;
    slack.fail(post, { kind: "done-then-drop" });
    await run();
    slack.fail(of, how);
    turn({ seconds: 90 });
    await run();
    expect(await setup.finish()).toEqual([]);
    expect(setup.asked(post)).toEqual([1]);
    expect(readings([ann])).toEqual([1]);
    expect(await endsOf(ann)).toEqual([expect.stringMatching(/^weekly (?:sent|unknown in-doubt)$/u)]);
  });

  test("and for which more was said since than is looked through is not said again", async () => {
    const setup = await monday();
    const { ann, slack, run, turn, endsOf } = setup;
    slack.fail(post, { kind: "done-then-drop" });
    await run();
    const headers = { authorization: `Bearer ${slack.botToken}`, "content-type": "application/json" };
    const body = JSON.stringify({ channel: ann.dm, text: "Something else.", unfurl_links: false, unfurl_media: false });
    for (let count = 0; count < 61; count += 1) await fetch(slack.apiUrl + post, { method: "POST", headers, body });
    turn({ seconds: 90 });
    await run();
    expect(setup.asked(post, history)).toEqual([62, 4]);
    expect(await endsOf(ann)).toEqual(["weekly unknown in-doubt"]);
    expect(setup.logged.at(-1)).toMatchObject({ event: "delivery-refused", fields: { code: "too-much-since" } });
    expect(await setup.finish()).toEqual([]);
  });
});

describe("people to whom messages are closed", () => {
  test.each<readonly [name: string, of: string, how: Fault | undefined, posts: number]>([
    ["closed their messages", post, says("messages_tab_disabled"), 1],
    ["are not found", "users.info", says("user_not_found"), 0],
    ["are deactivated", "", undefined, 0],
  ])("as they %s are asked for once in a month; who says something is told once, and written to again", async (_, of, how, posts) => {
    const setup = await openDirectMessages();
    const { slack, hear, pass, endsOf } = setup;
    const people = await setup.meet(6, "/plan 3x20 mon wed fri", "/settings training nudges on");
    const [ann] = people;
    if (!ann) throw new Error("Meet people: Ann must be among them");
    if (how) slack.fail(of, how, Infinity);
    else for (const person of people) person.deactivate();
    await pass({ weeks: 4 });
    expect(setup.asked("users.info", post)).toEqual([6, 6 * posts]);
    expect((await endsOf(ann)).filter((end) => end === "weekly suppressed closed").length).toBeGreaterThanOrEqual(3);
    expect(eventsOf(setup)).toEqual([]);
    if (!how) return;
    slack.heal();
    const told = "My last message did not reach you";
    expect(await hear(ann, "30 strength")).toContain(told);
    expect(await hear(ann, "/week")).not.toContain(told);
    await pass({ weeks: 1 });
    expect(directMessagesOf(ann).map(({ text }) => text)).toContainEqual(expect.stringContaining("30 of 40–60 min"));
    expect(readings(people.slice(1))).toEqual(people.slice(1).map(() => 0));
    expect(await setup.finish()).toEqual([]);
  });
});

test("a revoked token is tried by at most eight messages, once an hour, however many wait", async () => {
  const setup = await monday(40);
  const { people, slack, pass } = setup;
  slack.fail("users.info", says("token_revoked"), Infinity);
  await pass({ hours: 2, minutes: 30 });
  expect(setup.asked("users.info")[0]).toBeLessThanOrEqual(24);
  // Asked once more, Slack takes the token: nothing is to be told.
  expect(eventsOf(setup)).toEqual([]);
  expect(await setup.finish()).toEqual([]);
  expect(readings(people)).toEqual(once(people));
});

test("a history that is full is left alone by all for as long as Slack says", async () => {
  const setup = await monday(40);
  const { people, slack, run, turn } = setup;
  slack.fail(post, { kind: "done-then-drop" }, 40);
  await run();
  slack.fail(history, { kind: "status", status: 429, retryAfter: "60" }, Infinity);
  turn({ seconds: 90 });
  await run();
  turn({ seconds: 50 });
  await run();
  expect(setup.asked(history)[0]).toBeLessThanOrEqual(8);
  expect(await setup.finish()).toEqual([]);
  expect(readings(people)).toEqual(once(people));
});
