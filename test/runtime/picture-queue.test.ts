import { describe, expect, test } from "vitest";
import { createRenderQueue, type RenderQueueOptions } from "#src/runtime/picture-queue.ts";

/** A renderer that paints when it is told to, and what it was asked for so far. */
function aQueue(options: Partial<RenderQueueOptions> = {}) {
  const asked: { readonly svg: string; readonly settled: PromiseWithResolvers<Uint8Array> }[] = [];
  let isClosed = false;
  const renderer = {
    render: async (svg: string): Promise<Uint8Array> => {
      const settled = Promise.withResolvers<Uint8Array>();
      asked.push({ svg, settled });
      return await settled.promise;
    },
    close: async () => void (isClosed = true),
  };
  const queue = createRenderQueue({ renderer, ...options });
  return {
    ...queue,
    /** What was begun, in its order. */
    begun: () => asked.map(({ svg }) => svg),
    isClosed: () => isClosed,
    /** Ends the picture that was begun as that number, and lets everybody hear of it. */
    async end(number: number, how: Uint8Array | Error = new Uint8Array([number])) {
      if (how instanceof Error) asked[number]?.settled.reject(how);
      else asked[number]?.settled.resolve(how);
      await heard();
    },
    /** Paints all that waits. */
    async endAll() {
      for (let number = 0; number < asked.length; number += 1) await this.end(number);
    },
  };
}

async function heard(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  setImmediate(resolve);
  await promise;
}

async function causeOf(painted: Promise<Uint8Array>): Promise<string> {
  return await painted.then(
    (png) => `painted ${png.join(" ")}`,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

const full = "Paint a picture: too many wait already";

describe("turns", () => {
  test("are taken between people, whatever one of them asked for before", async () => {
    const queue = aQueue({ limits: { most: 100, each: 50 } });
    const all = [
      ...Array.from({ length: 20 }, (_, index) => queue.render(`eve ${index}`, "eve")),
      queue.render("bo 0", "bo"),
      queue.render("bo 1", "bo"),
      queue.render("cy 0", "cy"),
    ];
    await queue.endAll();
    await Promise.all(all);
    expect(queue.begun().slice(0, 7)).toEqual(["eve 0", "eve 1", "bo 0", "cy 0", "eve 2", "bo 1", "eve 3"]);
    expect(queue.begun()).toHaveLength(23);
  });

  test("are taken one at a time, or as many as there are threads", async () => {
    const queue = aQueue({ concurrency: 2 });
    const all = ["a", "b", "c"].map((svg) => queue.render(svg, svg));
    expect(queue.begun()).toEqual(["a", "b"]);
    await queue.end(1);
    expect(queue.begun()).toEqual(["a", "b", "c"]);
    await queue.endAll();
    expect((await Promise.all(all)).map(([first]) => first)).toEqual([0, 1, 2]);
  });

  test("go on after a picture that cannot be painted", async () => {
    const queue = aQueue();
    const [bad, good] = [causeOf(queue.render("bad", "eve")), causeOf(queue.render("good", "bo"))];
    await queue.end(0, new Error("no picture"));
    await queue.end(1);
    expect([await bad, await good]).toEqual(["no picture", "painted 1"]);
  });
});

describe("what is the same", () => {
  test("is painted once, for all who wait for it and whoever asks again soon", async () => {
    const queue = aQueue();
    const all = ["eve", "eve", "bo", "cy"].map((turn) => queue.render("same", turn));
    await queue.endAll();
    expect((await Promise.all(all)).map(([first]) => first)).toEqual([0, 0, 0, 0]);
    expect(await queue.render("same", "dan")).toEqual(new Uint8Array([0]));
    expect(queue.begun()).toEqual(["same"]);
  });

  test("is painted for a second person in their own turn, though the first waits for much before it", async () => {
    const queue = aQueue();
    const hers = ["e0", "e1", "e2", "same"].map((svg) => queue.render(svg, "eve"));
    const his = queue.render("same", "bo");
    await queue.end(0);
    await queue.end(1);
    expect(queue.begun()).toEqual(["e0", "e1", "same"]);
    await queue.endAll();
    await Promise.all([...hers, his]);
    expect(queue.begun()).toEqual(["e0", "e1", "same", "e2"]);
  });

  test("is painted again where it failed", async () => {
    const queue = aQueue();
    const failed = causeOf(queue.render("same", "eve"));
    await queue.end(0, new Error("the thread died"));
    expect(await failed).toBe("the thread died");
    const again = queue.render("same", "eve");
    await queue.end(1);
    expect(await again).toEqual(new Uint8Array([1]));
  });

  test("is kept up to so many bytes, what was used least recently goes first, and all of it after a while", async () => {
    const queue = aQueue({ kept: { bytes: 20, rest: 30_000 } });
    const render = async (svg: string): Promise<number> => {
      const painted = queue.render(svg);
      await queue.end(queue.begun().length - 1, new Uint8Array(10));
      await painted;
      return queue.begun().length;
    };
    expect([await render("a"), await render("b"), await render("a")]).toEqual([1, 2, 2]);
    expect([await render("c"), await render("a"), await render("b")]).toEqual([3, 3, 4]);
    const forgetful = aQueue({ kept: { bytes: 1000, rest: 1 } });
    const first = forgetful.render("a");
    await forgetful.end(0);
    await first;
    const askAgain = (): number => {
      void causeOf(forgetful.render("a"));
      return forgetful.begun().length;
    };
    await expect.poll(askAgain).toBe(2);
  });
});

describe("where too much waits", () => {
  test("one person is refused at once, and others are not", async () => {
    const queue = aQueue({ limits: { most: 100, each: 3 } });
    const hers = Array.from({ length: 2000 }, (_, index) => causeOf(queue.render(`eve ${index}`, "eve")));
    const his = causeOf(queue.render("bo", "bo"));
    await queue.endAll();
    expect(await his).toMatch(/^painted/u);
    const causes = await Promise.all(hers);
    expect(causes.filter((cause) => cause.startsWith("painted"))).toHaveLength(4);
    expect(causes.filter((cause) => cause === full)).toHaveLength(1996);
  });

  test("a newcomer takes the place of the last picture of whoever asked for most", async () => {
    const queue = aQueue({ limits: { most: 4, each: 10 } });
    const hers = Array.from({ length: 5 }, (_, index) => causeOf(queue.render(`eve ${index}`, "eve")));
    const his = causeOf(queue.render("bo", "bo"));
    await queue.endAll();
    expect(await his).toMatch(/^painted/u);
    expect((await Promise.all(hers)).map((cause) => cause === full)).toEqual([false, false, false, false, true]);
  });

  test("a picture that somebody else waits for, too, is painted all the same", async () => {
    const queue = aQueue({ limits: { most: 5, each: 10 } });
    const hers = ["e0", "e1", "e2", "e3", "same"].map((svg) => causeOf(queue.render(svg, "eve")));
    const his = causeOf(queue.render("same", "bo"));
    const others = ["cy", "dan"].map((one) => causeOf(queue.render(one, one)));
    await queue.endAll();
    expect(await his).toMatch(/^painted/u);
    expect(await hers[4]).toMatch(/^painted/u);
    for (const painted of await Promise.all(others)) expect(painted).toMatch(/^painted/u);
  });
});

describe("a queue that is closed", () => {
  test("rejects what waits and all that comes later, and closes its renderer", async () => {
    const queue = aQueue();
    const begun = causeOf(queue.render("a", "eve"));
    const waiting = causeOf(queue.render("b", "eve"));
    await queue.close();
    expect(queue.isClosed()).toBe(true);
    expect(await waiting).toBe("Paint a picture: the queue was closed");
    expect(await causeOf(queue.render("c"))).toBe("Paint a picture: the queue is closed");
    await queue.end(0, new Error("Paint a picture: the renderer was closed"));
    expect(await begun).toBe("Paint a picture: the renderer was closed");
    expect(queue.begun()).toEqual(["a"]);
  });
});
