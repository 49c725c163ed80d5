/** The texts for faults of the bot itself. */

import { outageOf } from "#core/model/store-unavailable.ts";
import { type Block, bold, inlineCode, text } from "#core/model/reply.ts";
import type { TimeZone } from "#core/lib/time.ts";

/** After an unexpected error. `reference` is also in its log line. */
export function sayTrouble(reference: string): Block {
  return text(bold("That went wrong on my side."), ` Nothing is recorded; please say it again in a moment. Reference: ${reference}`);
}

/** While the store cannot be written. `reference` is also in its log line. */
export function sayNotRecording(reference: string): Block {
  return text(bold("I can't save anything at the moment."), ` Nothing's recorded, so please send it again later. Reference: ${reference}`);
}

/** The text for `error`: try again in a moment, or later. */
export function sayTroubleOf(error: unknown, reference: string): Block {
  return outageOf(error) ? sayNotRecording(reference) : sayTrouble(reference);
}

/** The bot was installed in this workspace once and has no token any more. */
export function sayUninstalled(): Block {
  const how = " I hold no key to this workspace any more: whoever added me can add me again. What you logged before stays.";
  return text(bold("Nothing is recorded."), how);
}

/** Above an answer that is sent long after the question. */
export function sayLate(askedAt: Temporal.Instant, timeZone: TimeZone): Block {
  const time = askedAt.toZonedDateTimeISO(timeZone).toPlainTime().toString({ smallestUnit: "minute" });
  return text(bold("Sorry, this is late."), ` You asked at ${time}.`);
}

/** It is unknown whether the last answer arrived. */
export function sayMissed(): Block {
  return text(
    bold("My last answer may not have reached you."),
    " What you told me is recorded. ",
    inlineCode("/history"),
    " shows it, so there's no need to log it again.",
  );
}

/** Replaces files that the platform rejected. */
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

/** Replaces a form that did not open. `says` is the start of the command to type instead. */
export function sayTypeInstead(says: string): Block {
  return text(bold("The form didn't open."), " You can type it instead: ", inlineCode(`${says} …`));
}

/** Posted for the user alone: on some platforms only an attempt tells whether the bot may post in a channel. */
export function sayTrying(): Block {
  return text("One moment: I'm checking that I can post here.");
}
