/** A user who has logged once, and the messages that they were sent. */

import { createTestCoach, type TestCoach } from "./coach.ts";

/** A coach on Wednesday noon in Berlin. The user ann has logged 20 minutes for today. */
export async function begun(): Promise<TestCoach> {
  const coach = createTestCoach();
  await coach.hear("20 strength");
  return coach;
}

/** The messages that were sent, each as a local time and its first sentence, like "2026-11-30T08:00 First words." */
export function heard({ sent }: TestCoach, timeZone = "Europe/Berlin"): readonly string[] {
  return sent.map(
    ({ at, words }) =>
      `${at.toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: "minute" })} ${/^[^.]*\./u.exec(words)?.[0] ?? ""}`,
  );
}
