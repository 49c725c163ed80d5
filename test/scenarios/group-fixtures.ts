/** A crew in a channel of a test coach. */

import { createTestCoach, type From, type TestCoach, type TestOptions } from "../support/coach.ts";

/** The channel in which everybody speaks. */
export const crew = "crew";

/** Ann, who began the group and may manage its channel. */
export const manager = { name: "ann", in: crew, isManager: true };
/** The moment of the crew's first round-up. */
export const monday = "2026-11-30T08:00:00Z";

/** `name`, in the channel. */
export function inCrew(name: string): From {
  return { name, in: crew };
}

/** A coach with Morning crew, which Ann began in the channel and the others joined. */
export async function createCrew(names: readonly string[], options: TestOptions = {}): Promise<TestCoach> {
  const coach = createTestCoach(options);
  await coach.hear("/group create Morning crew", manager);
  for (const name of names) await coach.hear("/group join", inCrew(name));
  return coach;
}

/** Ann had a good week, Ben is on the way, Cy rests; it is just after Monday's round-up. */
export async function afterRoundUp(): Promise<TestCoach> {
  const coach = await createCrew(["ben", "cy"]);
  await coach.hear("40 strength", { name: "ann" });
  await coach.hear("10 strength", { name: "ben" });
  await coach.travelTo(monday);
  return coach;
}

/** What the latest message in the channel reads now; empty where there is none. */
export function standing(coach: TestCoach): string {
  return coach.inChannel(crew).at(-1) ?? "";
}

/** Says something, and lets what stands be looked at again. Gives the answer. */
export async function say(coach: TestCoach, text: string, from: From): Promise<string> {
  const answer = await coach.hear(text, from);
  await coach.run();
  return answer;
}
