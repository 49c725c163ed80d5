/** Finds the fact that answers a question, or reports that none does. */

import { wordings } from "./synonyms.ts";
import { evidence } from "#core/evidence/evidence.ts";
import type { Fact } from "#core/evidence/parse-facts.ts";
import { lazy } from "#core/lib/lazy.ts";
import { createSearch } from "./search-index.ts";
import { foldWord } from "#core/lib/text.ts";
import { type OwnWords, termsOfFact, termsOfQuestion } from "./tokenize.ts";

/** The result of a search. */
export type SearchResult =
  /** One fact answers; `near` are the next best. */
  | { readonly kind: "fact"; readonly fact: Fact; readonly near: readonly Fact[] }
  /** Two or three facts match about equally. */
  | { readonly kind: "several"; readonly near: readonly Fact[] }
  /** No fact answers; `near` are the nearest and may be empty. */
  | { readonly kind: "none"; readonly near: readonly Fact[] }
  /** The question has no search terms: "hi", "why". */
  | { readonly kind: "nothing"; readonly near: readonly Fact[] };

/**
 * Minimum shares, 0 to 1, of a question's weight that a fact must match. `answered`: to answer. `offered`: to be offered. `beside`: to be
 * offered beside an answer. `alike`: the ratio from which two scores count as equal. Chosen on test questions.
 */
const minShare = { answered: 0.6, offered: 0.15, beside: 0.4, alike: 0.85 } as const;
/**
 * Minimum weights of the matched words. `words`: to answer; about the weight of a word that occurs in three facts. `wording`: to answer
 * when a wording matches in full. `anything`: to offer a choice. `alone`: for a wording to be indexed.
 */
const minWeight = { words: 3.2, wording: 1.8, anything: 0.8, alone: 0.8 } as const;
/** Weight of a word that occurs in no fact. The rarest word of the facts weighs about 4.1. */
const unknownTermWeight = 3;
/** Maximum number of facts offered at once. */
const maxNear = 3;

const { facts } = evidence;

const byQuestion: ReadonlyMap<string, Fact> = new Map(facts.map((fact) => [fact.question, fact]));
const byId: ReadonlyMap<string, Fact> = new Map(facts.map((fact) => [fact.id, fact]));

const search = lazy(() =>
  createSearch(
    facts.flatMap((fact) => {
      const all = wordingsOf(fact);
      const rest = { fact: fact.id, all: all.join(" . "), answer: fact.answer };
      return all.filter(saysEnough).map((wording, index) => ({ ...rest, id: `${fact.id} ${index}`, wording }));
    }),
    termsOfFact,
  ),
);

/** Whether a wording has enough weight to be indexed. "No time in the week" leaves only "week", so it matches as exact text only. */
function saysEnough(wording: string): boolean {
  return termsOfFact(wording).reduce((sum, term) => sum + termWeight(term), 0) >= minWeight.alone;
}

/** Facts by the folded text of each wording. */
const byWording: ReadonlyMap<string, Fact> = new Map(facts.flatMap((fact) => wordingsOf(fact).map((wording) => [foldWord(wording), fact])));

/** Document frequency: the number of facts in which a term occurs. */
const documentFrequency = lazy(countDocuments);

function wordingsOf({ question, alsoAsked }: Fact): readonly string[] {
  return [question, ...alsoAsked, ...(wordings[question] ?? [])];
}

function countDocuments(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const fact of facts)
    for (const term of new Set(termsOfFact([...wordingsOf(fact), fact.answer].join(" . ")))) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

function termWeight(term: string): number {
  const count = documentFrequency().get(term);
  return count === undefined ? unknownTermWeight : Math.log(1 + (facts.length - count + 0.5) / (count + 0.5));
}

/** The fact with this id; undefined if there is none. */
export function factOf(id: string): Fact | undefined {
  return byId.get(id);
}

/** The fact whose heading is `question`. Throws if `facts.md` has none, so that every button has a target. */
export function factAbout(question: string): Fact {
  const found = byQuestion.get(question);
  if (!found) throw new Error(`Find fact "${question}": it must be in facts.md`);
  return found;
}

/** Whether the question has at most three words, no number and no search terms, like a greeting. */
function isEmpty(question: string, own: OwnWords): boolean {
  return !/\d|(?:\S+\s+){3}\S/.test(question) && termsOfQuestion(question, own).length === 0;
}

/** The facts nearest to `question`, whether or not one of them answers it. */
export function factsNear(question: string, own: OwnWords): readonly Fact[] {
  return offered(rank(question, own));
}

/** Searches for the answer to `question`. `own` are the user's own words for activities. */
export function findAnswer(question: string, own: OwnWords): SearchResult {
  const ranked = rank(question, own);
  const exact = byWording.get(foldWord(question));
  if (exact) return { kind: "fact", fact: exact, near: beside(ranked, exact) };
  if (ranked.length === 0 && isEmpty(question, own)) return { kind: "nothing", near: [] };
  const [first, second] = ranked;
  const near = nearest(ranked);
  if (!first || first.share < minShare.answered || first.held < minWeight.anything) return { kind: "none", near };
  if (!first.isClear) return near.length > 1 ? { kind: "several", near } : { kind: "none", near };
  if (second && second.share >= minShare.answered && second.score >= first.score * minShare.alike) return { kind: "several", near };
  return { kind: "fact", fact: first.fact, near: beside(ranked, first.fact) };
}

/** Other facts that the user may have meant. */
function beside(ranked: readonly Ranked[], answer: Fact): readonly Fact[] {
  return nearest(ranked.filter(({ fact, share }) => fact !== answer && share >= minShare.beside));
}

function nearest(ranked: readonly Ranked[]): readonly Fact[] {
  return offered(ranked).slice(0, maxNear);
}

function offered(ranked: readonly Ranked[]): readonly Fact[] {
  return ranked.filter(({ share }) => share >= minShare.offered).map(({ fact }) => fact);
}

type Ranked = { readonly fact: Fact; readonly score: number; readonly share: number; readonly held: number; readonly isClear: boolean };

/** The facts that match any term of the question, best first. */
function rank(question: string, own: OwnWords): readonly Ranked[] {
  const terms = termsOfQuestion(question, own);
  const all = terms.reduce((sum, term) => sum + termWeight(term), 0);
  return search()(terms)
    .flatMap((hit) => {
      const fact = byId.get(hit.fact);
      const held = [...hit.terms].reduce((sum, [term, place]) => sum + termWeight(term) * place, 0);
      const isClear = held >= (hit.isWhole ? minWeight.wording : minWeight.words);
      const share = held / all;
      return fact ? [{ fact, share, held, score: hit.score * share, isClear }] : [];
    })
    .toSorted((a, b) => b.score - a.score);
}
