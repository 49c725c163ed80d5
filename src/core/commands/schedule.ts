/** `/schedule`: the next messages and their times, the latest ones, and why some were not delivered. */

import { withData, command } from "#core/command.ts";
import { buttons } from "#core/model/reply.ts";
import { say } from "#core/model/context.ts";
import { saySchedule } from "#core/voice/schedule.ts";

/** How many of the latest messages are shown. */
const latest = 6;

/** Shows the messages that the bot sends this user unasked. */
export const schedule = command({
  name: "schedule",
  summary: "shows what I send next and when, what came last, and why something did not come",
  args: {},
  examples: ["/schedule"],
  isListed: true,
  prepare: () =>
    withData({ prompts: true, deliveries: latest }, (data) =>
      say(...saySchedule(data), buttons({ label: "Settings", says: "/settings" }, { label: "Pause", says: "/pause 2w" })),
    ),
});
