/** `/schedule`: what comes next and when, what came last, and why something did not come. */

import { after, command } from "../command.ts";
import { buttons } from "../reply.ts";
import { say } from "../situation.ts";
import { saySchedule } from "../voice/schedule.ts";

/** How many of the latest are told. */
const latest = 6;

/** Shows what is sent to this person unasked. */
export const schedule = command({
  name: "schedule",
  summary: "shows what I send next and when, what came last, and why something did not come",
  args: {},
  examples: ["/schedule"],
  isListed: true,
  prepare: () =>
    after({ prompts: true, deliveries: latest }, (situation) =>
      say(...saySchedule(situation), buttons({ label: "Settings", says: "/settings" }, { label: "Pause", says: "/pause 2w" })),
    ),
});
