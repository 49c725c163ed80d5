/** The door to the search library: documents of a few words each, found by terms. */

import MiniSearch from "minisearch";

/** What is searched: one wording of a fact, all of its wordings, and its answer. */
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
  /** How well, by BM25+; only to be compared within one search. */
  readonly score: number;
  /** Of each term that was found how well its place fits: 1 in a wording, half in the answer alone. */
  readonly terms: ReadonlyMap<string, number>;
  /** Whether a wording was asked of which nothing is left out. */
  readonly isWhole: boolean;
};

/** Finds the facts of `documents`, the best document of each. */
export type Search = (terms: readonly string[]) => readonly Hit[];

/** From how many letters on a term also finds longer words. */
const minPrefixLength = 5;
/** How much better a wording is of which nothing was left out than one of which hardly anything was asked. */
const fullMatchBoost = 0.5;

/** A search over `documents`, whose terms `termsOf` gives. */
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

/** How much of a wording was asked: "memory" is all of one that holds nothing else. */
function wholeness(wording: readonly string[], match: Readonly<Record<string, readonly string[]>>): number {
  return wording.length === 0 ? 0 : wording.filter((term) => match[term]?.includes("wording")).length / wording.length;
}

function fieldWeight(term: string, match: Readonly<Record<string, readonly string[]>>): number {
  const isWorded = Object.entries(match).some(([found, fields]) => found.startsWith(term) && fields.some((field) => field !== "answer"));
  return isWorded ? 1 : 0.5;
}
