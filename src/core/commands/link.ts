/** `/link` and `/unlink`: one user on several accounts. A code is made on one account and typed on another. */

import { codeRules, wrongCodeEntered, attemptsLeft } from "#core/accounts/code-attempts.ts";
import { linkUsers, unlinkAccount } from "#core/accounts/link.ts";
import { freeText } from "#core/args.ts";
import { withData, reply, command } from "#core/command.ts";
import { fold, quotable } from "#core/lib/text.ts";
import type { LinkedAccount } from "#core/model/account-link.ts";
import { type Step, type RequestContext, type Result, type NeedsData, say, type Loaded } from "#core/model/context.ts";
import { changeUser } from "#core/model/last-action.ts";
import { type Refusal, refuse } from "#core/model/refusal.ts";
import { buttons } from "#core/model/reply.ts";
import { beginning } from "#core/schedule/weekly-feedback.ts";
import {
  sayAlone,
  sayCode,
  sayHere,
  sayLinked,
  sayMissed,
  sayNotHere,
  sayOffer,
  sayOwnCode,
  sayParted,
  sayTooMany,
  sayWhichToPart,
} from "#core/voice/link.ts";

const typed = /^([0-9a-z]{4}[- ]?[0-9a-z]{4}[- ]?[0-9a-z]{4})(?:\s+(join))?$/i;

/** Makes a code, takes a code from another account, or sends direct messages to this account. */
export const link = command({
  name: "link",
  summary: "makes a code that joins this account with yours on another platform; here sends my messages here",
  args: { code: freeText("the code from your other account, or here", "optional") },
  examples: ["/link", "/link here"],
  isListed: true,
  prepare({ code }, context) {
    const word = fold(code).trim();
    if (word === "") return withData({ freshCode: true }, offer);
    if (word === "here") return reply(writeHere(context));
    const [, words, isConfirmed] = typed.exec(code.trim()) ?? [];
    if (words === undefined) return refuse("bad-value", quotable(code), "/link");
    return context.isDirect ? take(words, isConfirmed !== undefined) : spoil(words);
  },
});

function offer({ freshCode, user, account, now }: Loaded): Result {
  if (!freshCode) return say(sayAlone());
  const expiresAt = now.add({ minutes: codeRules.minutes });
  return {
    reply: { blocks: sayCode(freshCode.words) },
    changes: [{ kind: "link-code-made", code: { userId: user.id, hash: freshCode.hash, account, expiresAt } }],
  };
}

function writeHere({ user, account, id }: RequestContext): Result {
  return {
    reply: { blocks: [sayHere(account), buttons({ label: "Undo", says: `/undo ${id}` })] },
    changes: changeUser(user, { ...user, messagesOn: account.platform }, id),
  };
}

/** Revokes the code: anyone in the channel could have read it. */
function spoil(words: string): NeedsData {
  return withData({ offer: words }, ({ codeOwner: found }) => ({
    reply: { blocks: [sayNotHere()] },
    changes: found ? [{ kind: "link-code-dropped", userId: found.user.id }] : [],
  }));
}

function take(words: string, isConfirmed: boolean): NeedsData {
  return withData({ offer: words, wrongCodes: true }, (data): Step => {
    const { codeOwner: found, user } = data;
    const left = attemptsLeft(data);
    if (left === 0) return say(sayTooMany());
    if (!found) return { reply: { blocks: [sayMissed(left - 1)] }, changes: [wrongCodeEntered(data)] };
    if (found.user.id === user.id) return say(sayOwnCode());
    if (isConfirmed)
      return withData({ sessions: { from: beginning, until: data.today.add({ days: 1 }) }, codeOwnerSessions: words }, linkUp);
    return say(
      ...sayOffer(found.account, data.account),
      buttons({ label: "Join", says: `/link ${words} join` }, { label: "No", says: "/help link" }),
    );
  });
}

function linkUp(data: Loaded): Result | Refusal {
  const { codeOwner: found, codeOwnerSessions: offered, codeHash } = data;
  if (!found || !codeHash) return say(sayMissed(codeRules.tries));
  const { older, setAside, changes } = linkUsers({ ...data, codeOwner: found, codeOwnerSessions: offered });
  return {
    reply: {
      blocks: [
        ...sayLinked({
          older,
          held: setAside.length,
          made: found.account,
          typedOn: data.account,
          isOurs: older.id === data.user.id,
        }),
        buttons({ label: "Unlink", says: "/unlink" }, { label: "Settings", says: "/settings" }),
      ],
    },
    changes: [{ kind: "link-code-used", userId: found.user.id, hash: codeHash }, ...changes],
  };
}

/** Unlinks accounts. */
export const unlink = command({
  name: "unlink",
  summary: "parts this account from your other one; each has again what was logged on it",
  // Users do not type it: buttons name the account.
  args: { which: freeText("", "optional") },
  examples: ["/unlink"],
  isListed: true,
  prepare: ({ which }, { today }) =>
    withData({ linked: true, sessions: { from: beginning, until: today.add({ days: 1 }) } }, (data) => decideUnlink(which, data)),
});

type Leaving = LinkedAccount & { readonly originalOwner: NonNullable<LinkedAccount["originalOwner"]> };

function decideUnlink(which: string, data: Loaded): Result {
  const { linked, user, originalOwnerId } = data;
  const leavers = linked.filter((one): one is Leaving => one.originalOwner !== undefined);
  const own = leavers.find((one) => one.originalOwner.user.id === originalOwnerId);
  const [only, another] = leavers;
  if (!only) return say(sayAlone());
  const meant =
    leavers.find((one) => one.originalOwner.user.id === which) ?? (which === "" ? (own ?? (another ? undefined : only)) : undefined);
  if (!meant) {
    const choices = leavers.map((one) => ({ label: sayWhichToPart.label(one.account), says: `/unlink ${one.originalOwner.user.id}` }));
    return say(sayWhichToPart.ask(), { kind: "choices", layout: "row", choices });
  }
  return {
    reply: { blocks: [sayParted(meant.account)] },
    changes: unlinkAccount(user, meant, { ...data, isLeaver: meant === own }),
  };
}
