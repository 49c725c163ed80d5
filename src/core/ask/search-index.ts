/** Search index over the fact wordings: the only file that imports MiniSearch. */

import MiniSearch from "minisearch";

/** An indexed document: one wording of a fact, all of its wordings, and its answer. */
export type Document = {
  readonly id: string;
  readonly fact: string;
  readonly wording: string;
  readonly all: string;
  readonly answer: string;
};

/** A fact that was found by one of its documents. */
export type Hit = {
  readonly fact: string;
  /** BM25+ score; comparable only within one search. */
  readonly score: number;
  /** The field weight of each matched term: 1 in a wording, 0.5 in the answer alone. */
  readonly terms: ReadonlyMap<string, number>;
  /** Whether the question contains every term of a wording. */
  readonly isWhole: boolean;
};

/** Finds facts by terms; each hit is the fact's best document. */
export type Search = (terms: readonly string[]) => readonly Hit[];

/** Minimum length, in letters, of a term that also matches as a prefix. */
const minPrefixLength = 5;
/** Score bonus of a fully matched wording: 0.5 means 50 % more than an unmatched one. */
const fullMatchBoost = 0.5;

/** A search over `documents`; `termsOf` tokenizes their text. */
export function createSearch(documents: readonly Document[], termsOf: (text: string) => readonly string[]): Search {
  const index = new MiniSearch<Document>({
    fields: ["wording", "all", "answer"],
    storeFields: ["fact", "wording"],
    tokenize: (text) => [...termsOf(text)],
    processTerm: (term) => term,
    searchOptions: {
      tokenize: (text) => text.split(" "),
      boost: { wording: 2, all: 1, answer: 0.3 },
      prefix: (term) => term.length >= minPrefixLength,
      weights: { prefix: 0.5, fuzzy: 0 },
    },
  });
  index.addAll(documents);
  return (terms) => {
    const best = new Map<string, Hit>();
    for (const { fact, wording, score, match, queryTerms } of index.search(terms.join(" "))) {
      const whole = wholeness(termsOf(String(wording)), match);
      const hit: Hit = {
        fact: String(fact),
        score: score * (1 + whole * fullMatchBoost),
        terms: new Map(queryTerms.map((term) => [term, fieldWeight(term, match)])),
        isWhole: whole === 1,
      };
      if (hit.score > (best.get(hit.fact)?.score ?? 0)) best.set(hit.fact, hit);
    }
    return [...best.values()];
  };
}

/** The matched share of a wording's terms, 0 to 1. */
function wholeness(wording: readonly string[], match: Readonly<Record<string, readonly string[]>>): number {
  return wording.length === 0 ? 0 : wording.filter((term) => match[term]?.includes("wording")).length / wording.length;
}

function fieldWeight(term: string, match: Readonly<Record<string, readonly string[]>>): number {
  const isWorded = Object.entries(match).some(([found, fields]) => found.startsWith(term) && fields.some((field) => field !== "answer"));
  return isWorded ? 1 : 0.5;
}
