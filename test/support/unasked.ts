/** Somebody who has begun to log, and what they were sent. */

import { createTestCoach, type TestCoach } from "./coach.ts";

/** A coach on Wednesday noon in Berlin, to whom ann has logged 20 minutes for today. */
export async function begun(): Promise<TestCoach> {
  const coach = createTestCoach();
  await coach.hear("20 strength");
  return coach;
}

/** What was sent, each as "Mon 30 Nov 08:00 first words". */
export function heard({ sent }: TestCoach, timeZone = "Europe/Berlin"): readonly string[] {
  return sent.map(
    ({ at, words }) =>
      `${at.toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: "minute" })} ${/^[^.]*\./u.exec(words)?.[0] ?? ""}`,
  );
}
