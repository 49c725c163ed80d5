/** `/link` and `/unlink`: one user on several accounts. A code is made on one account and typed on another. */

import { codeRules, wrongCodeEntered, attemptsLeft } from "#core/accounts/code-attempts.ts";
import { linkUsers, unlinkAccount } from "#core/accounts/link.ts";
import { freeText } from "#core/args.ts";
import { withData, command } from "#core/command.ts";
import { fold, quotable } from "#core/lib/text.ts";
import type { CodeOwner, LinkedAccount } from "#core/model/account-link.ts";
import { type Step, type RequestContext, type Result, say, type Loaded } from "#core/model/context.ts";
import { changeUser } from "#core/model/last-action.ts";
import { refuse } from "#core/model/refusal.ts";
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
    if (word === "here") return writeHere(context);
    const [, words, isConfirmed] = typed.exec(code.trim()) ?? [];
    if (words === undefined) return refuse("bad-value", quotable(code), "/link");
    return context.isDirect ? take(words, isConfirmed !== undefined) : spoil(words);
  },
});

function offer({ freshCode, user, account, now }: Loaded<"freshCode">): Result {
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
function spoil(words: string): Step {
  return withData({ codeOwner: words }, ({ codeOwner }) => ({
    reply: { blocks: [sayNotHere()] },
    changes: codeOwner ? [{ kind: "link-code-dropped", userId: codeOwner.user.id }] : [],
  }));
}

function take(words: string, isConfirmed: boolean): Step {
  return withData({ codeOwner: words, wrongCodes: true }, (data): Step => {
    const { codeOwner, user, today } = data;
    const left = attemptsLeft(data);
    if (left === 0) return say(sayTooMany());
    if (!codeOwner) return { reply: { blocks: [sayMissed(left - 1)] }, changes: [wrongCodeEntered(data)] };
    if (codeOwner.user.id === user.id) return say(sayOwnCode());
    const sessions = { from: beginning, until: today.add({ days: 1 }) };
    if (isConfirmed) return withData({ sessions, otherSessions: [codeOwner.user.id] }, (both) => linkUp(codeOwner, both));
    return say(
      ...sayOffer(codeOwner.account, data.account),
      buttons({ label: "Join", says: `/link ${words} join` }, { label: "No", says: "/help link" }),
    );
  });
}

function linkUp(codeOwner: CodeOwner, data: Loaded<"sessions" | "otherSessions">): Result {
  const { older, setAside, changes } = linkUsers({ ...data, codeOwner });
  return {
    reply: {
      blocks: [
        ...sayLinked({
          older,
          held: setAside.length,
          made: codeOwner.account,
          typedOn: data.account,
          isOurs: older.id === data.user.id,
        }),
        buttons({ label: "Unlink", says: "/unlink" }, { label: "Settings", says: "/settings" }),
      ],
    },
    changes: [{ kind: "link-code-used", userId: codeOwner.user.id, hash: codeOwner.hash }, ...changes],
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
  prepare: ({ which }) => withData({ linked: true }, (data) => decideUnlink(which, data)),
});

type Leaving = LinkedAccount & { readonly originalOwner: NonNullable<LinkedAccount["originalOwner"]> };

function decideUnlink(which: string, { linked, user, originalOwnerId, today }: Loaded<"linked">): Step {
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
  const others = leavers.filter((one) => one !== meant).map((one) => one.originalOwner.user.id);
  return withData({ sessions: { from: beginning, until: today.add({ days: 1 }) }, otherSessions: others }, (data) => ({
    reply: { blocks: [sayParted(meant.account)] },
    changes: unlinkAccount(user, meant, { ...data, isLeaver: meant === own }),
  }));
}
