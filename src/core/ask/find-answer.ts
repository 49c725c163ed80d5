/** Finds the fact that answers a question, or says that none does. */

import { wordings } from "./synonyms.ts";
import { evidence } from "#core/evidence/evidence.ts";
import type { Fact } from "#core/evidence/parse-facts.ts";
import { once } from "#core/lib/lazy.ts";
import { createSearch } from "./search-index.ts";
import { foldWord } from "#core/lib/text.ts";
import { type OwnWords, termsOfFact, termsOfQuestion } from "./tokenize.ts";

/** What a question comes to. */
export type Found =
  /** One fact answers; `near` are the next ones. */
  | { readonly kind: "fact"; readonly fact: Fact; readonly near: readonly Fact[] }
  /** Two or three are as close as each other. */
  | { readonly kind: "several"; readonly near: readonly Fact[] }
  /** None does; `near` are the nearest, and may be none at all. */
  | { readonly kind: "none"; readonly near: readonly Fact[] }
  /** Nothing was asked that could be looked for: "hi", "why". */
  | { readonly kind: "nothing"; readonly near: readonly Fact[] };

/** The share of what was asked that a fact has to hold to answer it, to be offered, and to be offered beside an answer; how close two scores are the same. Chosen on test questions. */
const least = { answered: 0.6, offered: 0.15, beside: 0.4, alike: 0.85 } as const;
/** How much the words that were found have to weigh to say what is asked: as much as one that stands in three facts; less where a wording is all of it, and for a choice; and a wording to be looked for. */
const telling = { words: 3.2, wording: 1.8, anything: 0.8, alone: 0.8 } as const;
/** How much a word weighs that no fact holds, against the rarest of those that they hold at about 4.1. */
const strange = 3;
const most = 3;

const { facts } = evidence;

const byQuestion: ReadonlyMap<string, Fact> = new Map(facts.map((fact) => [fact.question, fact]));
const byId: ReadonlyMap<string, Fact> = new Map(facts.map((fact) => [fact.id, fact]));

const search = once(() =>
  createSearch(
    facts.flatMap((fact) => {
      const all = wordingsOf(fact);
      const rest = { fact: fact.id, all: all.join(" . "), answer: fact.answer };
      return all.filter(saysEnough).map((wording, index) => ({ ...rest, id: `${fact.id} ${index}`, wording }));
    }),
    termsOfFact,
  ),
);

/** Of "no time in the week" a search sees the week alone: such a wording is found as it stands, and not by its words. */
function saysEnough(wording: string): boolean {
  return termsOfFact(wording).reduce((sum, term) => sum + weightOf(term), 0) >= telling.alone;
}

/** Facts by their wordings as they stand. */
const byWording: ReadonlyMap<string, Fact> = new Map(facts.flatMap((fact) => wordingsOf(fact).map((wording) => [foldWord(wording), fact])));

/** In how many facts a term stands. */
const spread = once(countTerms);

function wordingsOf({ question, alsoAsked }: Fact): readonly string[] {
  return [question, ...alsoAsked, ...(wordings[question] ?? [])];
}

function countTerms(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const fact of facts)
    for (const term of new Set(termsOfFact([...wordingsOf(fact), fact.answer].join(" . ")))) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

function weightOf(term: string): number {
  const count = spread().get(term);
  return count === undefined ? strange : Math.log(1 + (facts.length - count + 0.5) / (count + 0.5));
}

/** The fact of an id; undefined where there is none. */
export function factOf(id: string): Fact | undefined {
  return byId.get(id);
}

/** The fact whose heading is `question`. Throws when the data does not have it, so that no button leads nowhere. */
export function factAbout(question: string): Fact {
  const found = byQuestion.get(question);
  if (!found) throw new Error(`Find fact "${question}": it must be in facts.md`);
  return found;
}

/** A greeting, a sigh, a word or two: no number, and nothing to look for. */
function isEmpty(question: string, own: OwnWords): boolean {
  return !/\d|(?:\S+\s+){3}\S/.test(question) && termsOfQuestion(question, own).length === 0;
}

/** The facts that are nearest to `question`, whether or not one of them answers it. */
export function factsNear(question: string, own: OwnWords): readonly Fact[] {
  return offered(rank(question, own));
}

/** What answers `question`; `own` are the person's own words for activities. */
export function findAnswer(question: string, own: OwnWords): Found {
  const ranked = rank(question, own);
  const exact = byWording.get(foldWord(question));
  if (exact) return { kind: "fact", fact: exact, near: beside(ranked, exact) };
  if (ranked.length === 0 && isEmpty(question, own)) return { kind: "nothing", near: [] };
  const [first, second] = ranked;
  const near = nearest(ranked);
  if (!first || first.share < least.answered || first.held < telling.anything) return { kind: "none", near };
  if (!first.isClear) return near.length > 1 ? { kind: "several", near } : { kind: "none", near };
  if (second && second.share >= least.answered && second.score >= first.score * least.alike) return { kind: "several", near };
  return { kind: "fact", fact: first.fact, near: beside(ranked, first.fact) };
}

/** What else may have been meant. */
function beside(ranked: readonly Ranked[], answer: Fact): readonly Fact[] {
  return nearest(ranked.filter(({ fact, share }) => fact !== answer && share >= least.beside));
}

function nearest(ranked: readonly Ranked[]): readonly Fact[] {
  return offered(ranked).slice(0, most);
}

function offered(ranked: readonly Ranked[]): readonly Fact[] {
  return ranked.filter(({ share }) => share >= least.offered).map(({ fact }) => fact);
}

type Ranked = { readonly fact: Fact; readonly score: number; readonly share: number; readonly held: number; readonly isClear: boolean };

/** Facts that hold something of what is asked, the best first. */
function rank(question: string, own: OwnWords): readonly Ranked[] {
  const terms = termsOfQuestion(question, own);
  const all = terms.reduce((sum, term) => sum + weightOf(term), 0);
  return search()(terms)
    .flatMap((hit) => {
      const fact = byId.get(hit.fact);
      const held = [...hit.terms].reduce((sum, [term, place]) => sum + weightOf(term) * place, 0);
      const isClear = held >= (hit.isWhole ? telling.wording : telling.words);
      const share = held / all;
      return fact ? [{ fact, share, held, score: hit.score * share, isClear }] : [];
    })
    .toSorted((a, b) => b.score - a.score);
}
