import { describe, expect, test } from "vitest";
import type { Store } from "#src/ports/store.ts";
import { openCoachOnSlack } from "../../support/fake-slack/coach-on-slack.ts";

const openings = 20;

describe("an App Home that is opened again and again", () => {
  test("is drawn once more for all openings that wait, and shows what is true by then", async () => {
    const asked = Promise.withResolvers<void>();
    const free = Promise.withResolvers<void>();
    let isHeld = false;
    const spoil = (store: Store): Store => ({
      ...store,
      async findUser(account) {
        if (isHeld) asked.resolve();
        if (isHeld) await free.promise;
        return await store.findUser(account);
      },
    });
    const { slack, adapter, ann, answerTo } = await openCoachOnSlack({ spoil });
    await answerTo(() => ann.slash("/log", "20 strength"));
    isHeld = true;
    const opened = Array.from({ length: openings }, () => ann.openHome());
    await asked.promise;
    await Promise.all(opened);
    isHeld = false;
    free.resolve();
    await answerTo(() => ann.slash("/log", "25 strength"));
    await expect.poll(() => ann.home()?.text ?? "", { timeout: 10_000, interval: 10 }).toContain("45");
    // What waits is done by then.
    await adapter.stop();
    expect(slack.calls("views.publish").length).toBeLessThan(openings / 4);
  });
});
