/** A crew in a channel of a test coach. */

import { createTestCoach, type From, type TestCoach, type TestOptions } from "../support/coach.ts";

/** The channel in which everybody speaks. */
export const crew = "crew";

/** `name`, in the channel. */
export function inCrew(name: string): From {
  return { name, in: crew };
}

/** A coach with Morning crew, which Ann began in the channel and the others joined. */
export async function createCrew(names: readonly string[], options: TestOptions = {}): Promise<TestCoach> {
  const coach = createTestCoach(options);
  await coach.hear("/group create Morning crew", { name: "ann", in: crew, isManager: true });
  for (const name of names) await coach.hear("/group join", inCrew(name));
  return coach;
}
