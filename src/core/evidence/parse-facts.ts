/** Parser of `facts.md`: each heading is a question, followed by its other wordings and its answer with source ids in brackets. */

/** A question with its answer from the evidence. */
export type Fact = {
  /** The question as a slug, used in the commands of buttons. */
  readonly id: string;
  readonly question: string;
  readonly alsoAsked: readonly string[];
  /** Without the ids in brackets. */
  readonly answer: string;
  /** Keys of `sources.json`, in the order of their first mention. */
  readonly sources: readonly string[];
  /** The keys of `sources` that the answer cites at second hand. */
  readonly reported: readonly string[];
};

const citation = /\s*\[([^\]]+)\]/g;

/** The facts of `markdown`, in order. Throws with the heading of the first that breaks the format of `schema.md`. */
export function parseFacts(markdown: unknown): readonly Fact[] {
  if (typeof markdown !== "string" || !/^## /m.test(markdown))
    throw new Error('Read evidence/facts.md: it must be text with headings "## …"');
  return markdown.split(/^## /m).slice(1).map(parseFact);
}

function parseFact(section: string): Fact {
  const [question = "", wordings = "", ...answer] = section.split("\n").filter((line) => line.trim() !== "");
  const also = /^\*Also asked: (.+)\*$/.exec(wordings)?.[1];
  if (!also || answer.length !== 1)
    throw new Error(`Read evidence/facts.md: "${question}" must have a line "*Also asked: …*" and one paragraph`);
  const cited = [...(answer[0] ?? "").matchAll(citation)].map((match) => (match[1] ?? "").split(",").map((id) => id.trim()));
  return {
    id: idOf(question),
    question,
    alsoAsked: also.split(";").map((wording) => wording.trim()),
    answer: (answer[0] ?? "").replaceAll(citation, ""),
    sources: sourcesIn(cited),
    reported: sourcesIn(cited.filter((ids) => ids.includes("reported"))),
  };
}

function sourcesIn(cited: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(cited.flat().filter((id) => id !== "reported" && id !== "general advice"))];
}

/** A slug, such as "why-40-to-60-minutes-a-week". */
function idOf(question: string): string {
  return question
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}
