/** What is said when the coach itself is at fault. */

import { outageOf } from "#core/model/store-unavailable.ts";
import { type Block, bold, inlineCode, text } from "#core/model/reply.ts";
import type { TimeZone } from "#core/lib/time.ts";

/** After something broke. `reference` is what the log line about it carries. */
export function sayTrouble(reference: string): Block {
  return text(bold("That went wrong on my side."), ` Nothing is recorded; please say it again in a moment. Reference: ${reference}`);
}

/** While nothing can be written down, whatever it is. `reference` is what the log line about it carries. */
export function sayNotRecording(reference: string): Block {
  return text(bold("I can't save anything at the moment."), ` Nothing's recorded, so please send it again later. Reference: ${reference}`);
}

/** After `error`: whether to say it again in a moment, or later. */
export function sayTroubleOf(error: unknown, reference: string): Block {
  return outageOf(error) ? sayNotRecording(reference) : sayTrouble(reference);
}

/** Where the coach was let in once and holds no key any more. */
export function sayUninstalled(): Block {
  const how = " I hold no key to this workspace any more: whoever added me can add me again. What you logged before stays.";
  return text(bold("Nothing is recorded."), how);
}

/** Above an answer that comes long after it was asked for. */
export function sayLate(askedAt: Temporal.Instant, timeZone: TimeZone): Block {
  const time = askedAt.toZonedDateTimeISO(timeZone).toPlainTime().toString({ smallestUnit: "minute" });
  return text(bold("Sorry, this is late."), ` You asked at ${time}.`);
}

/** After an answer of which nobody can tell whether it arrived. */
export function sayMissed(): Block {
  return text(
    bold("My last answer may not have reached you."),
    " What you told me is recorded. ",
    inlineCode("/history"),
    " shows it, so there's no need to log it again.",
  );
}

/** In place of files that a platform did not take. */
export function sayFileFailed(): Block {
  return text(
    bold("The file didn't come through."),
    " ",
    inlineCode("/history"),
    " shows your sessions page by page, and ",
    inlineCode("/export"),
    " tries the file again.",
  );
}

/** In place of a form that did not open. `says` is what its words would have followed. */
export function sayTypeInstead(says: string): Block {
  return text(bold("The form didn't open."), " You can type it instead: ", inlineCode(`${says} …`));
}

/** To somebody alone, where only a try tells whether anything can be said in a channel. */
export function sayTrying(): Block {
  return text("One moment: I'm checking that I can post here.");
}
