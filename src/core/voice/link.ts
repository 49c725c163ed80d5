/** The texts of linking and unlinking accounts. */

import { codeRules } from "#core/accounts/code-attempts.ts";
import { type Block, bold, buttons, inlineCode, text } from "#core/model/reply.ts";
import type { Account, User } from "#core/model/user.ts";
import { accountName, countOf, list, sentence, numberWord } from "#core/phrases.ts";

/** A link code and how to use it. */
export function sayCode(fresh: string): readonly Block[] {
  return [
    text(
      bold("Your code: "),
      inlineCode(fresh),
      ". Send me ",
      inlineCode(`link ${fresh}`),
      " from your other account, in a direct message and nowhere else.",
    ),
    text(
      `It is good for ${numberWord(codeRules.minutes)} minutes and once. Then both accounts have one history; give it to nobody, as it opens yours.`,
    ),
  ];
}

/** Names the account that made the typed code. Nothing is linked yet. */
export function sayOffer(made: Account, typedOn: Account): readonly Block[] {
  return [
    text(
      bold(`Join ${accountName(typedOn)} with ${accountName(made)}?`),
      " From then on both see and change one history. If that other account is not yours, say no.",
    ),
  ];
}

/** The accounts were linked. */
export function sayLinked({
  older,
  held,
  made,
  typedOn,
  isOurs,
}: {
  readonly older: User;
  readonly held: number;
  readonly made: Account;
  readonly typedOn: Account;
  readonly isOurs: boolean;
}): readonly Block[] {
  const settings = isOurs ? typedOn : made;
  const twice = held > 0 ? ` ${countOf(held, "session")} stood in both and ${held === 1 ? "counts" : "count"} once.` : "";
  const stopped = older.isStopped ? " Messages stay ended, as on one of them." : "";
  return [
    text(
      bold(`${accountName(typedOn)} and ${accountName(made)} are one.`),
      ` The settings of ${accountName(settings)} hold, as it is the older.${twice}${stopped}`,
    ),
    text(
      "I write to you where you last spoke; ",
      inlineCode("/link here"),
      " keeps it to one place. ",
      inlineCode("/unlink"),
      " parts them again.",
    ),
  ];
}

/** To the other side: which accounts were linked. */
export function sayLinkNotice(accounts: readonly Account[]): readonly Block[] {
  return [
    text(
      bold("Your accounts are linked."),
      ` ${list(accounts.map(accountName))} have one history from now on. If that was not you, part them.`,
    ),
    buttons({ label: "Unlink", says: "/unlink" }),
  ];
}

/** To the other side: the accounts were unlinked. */
export function sayPartNotice(): readonly Block[] {
  return [
    text(
      bold("Your accounts have parted."),
      " Each has again what was logged on it; nothing is lost. ",
      inlineCode("/link"),
      " joins them again.",
    ),
  ];
}

/** The code is wrong, used or expired. `left` is how many tries remain. */
export function sayMissed(left: number): Block {
  return text(
    bold("That code is not good, or not any more."),
    ` ${triesWords(left)} `,
    inlineCode("/link"),
    " on your other account makes a new one.",
  );
}

/** How many tries remain. */
export function sayTriesLeft(left: number): Block {
  return text(triesWords(left));
}

function triesWords(left: number): string {
  return left > 0 ? `${sentence(countOf(left, "more try").replace("trys", "tries"))} for now.` : "I take no more for now.";
}

/** Too many wrong codes were typed. */
export function sayTooMany(): Block {
  return text(bold("Too many codes that were not good."), ` Wait ${numberWord(codeRules.minutes)} minutes, then try again.`);
}

/** The code was made by the same user. */
export function sayOwnCode(): Block {
  return text(bold("That code is from this very person."), " Type it on the account that is to be joined.");
}

/** A code was typed in a channel, or where the platform cannot tell that it is a direct message. */
export function sayNotHere(): Block {
  return text(
    bold("Not here."),
    " A code is for a direct message to me, without a slash: ",
    inlineCode("link"),
    " and the code. That one is good for nothing any more; ",
    inlineCode("/link"),
    " makes another.",
  );
}

/** Direct messages now go to this account. */
export function sayHere(account: Account): Block {
  return text(bold("Here it is."), ` What I write to you comes to ${accountName(account)}, wherever you speak.`);
}

/** To a user with only one account. */
export function sayAlone(): Block {
  return text(bold("No other account is linked with this one."), " ", inlineCode("/link"), " makes a code for it.");
}

/** An account was unlinked. */
export function sayParted(account: Account): Block {
  return text(
    bold("Parted."),
    ` ${accountName(account)} stands for itself again, with what was logged there before and since. Nothing is lost; `,
    inlineCode("/link"),
    " joins them again.",
  );
}

/** Asks which of several accounts to unlink. */
export const sayWhichToPart = {
  ask: (): Block => text(bold("Which one shall part?")),
  label: (account: Account): string => accountName(account),
} as const;
