/** Sources of the evidence for display: name and year, address, certainty. */

import { evidence } from "./evidence.ts";
import { shorten } from "#core/lib/text.ts";

/** A source of the evidence. */
export type Source = {
  /** Such as "Momma 2022". */
  readonly name: string;
  /** The URL; undefined when none is known. */
  readonly address: string | undefined;
  readonly certainty: string;
};

/** The source of an id. Throws when the data lacks it. */
export function sourceOf(id: string): Source {
  const found = evidence.sources[id];
  if (!found) throw new Error(`Find source "${id}": it must be a key of sources.json`);
  const { authors, title, year, doi, pmid, pmcid, url, certainty } = found;
  return { name: `${sourceName(authors, title)} ${year}`, address: addressOf({ doi, pmid, pmcid, url }), certainty };
}

/** The first author's family name, or the name of an institution; the shortened title when no author was seen. */
function sourceName(authors: string, title: string): string {
  if (/not seen/.test(authors)) return shorten(title, 40);
  const [first = ""] = authors.split(/[,;(]/);
  return first.trim().replace(/ [A-Z]{1,3}$/, "");
}

type Ids = {
  readonly doi: string | null;
  readonly pmid: string | undefined;
  readonly pmcid: string | undefined;
  readonly url: string | undefined;
};

function addressOf({ doi, pmid, pmcid, url }: Ids): string | undefined {
  if (doi !== null) return `https://doi.org/${encodeURI(doi).replaceAll("<", "%3C").replaceAll(">", "%3E")}`;
  if (pmid !== undefined) return `https://pubmed.ncbi.nlm.nih.gov/${pmid}/`;
  return pmcid === undefined ? url : `https://pmc.ncbi.nlm.nih.gov/articles/${pmcid}/`;
}
