/** Reads `facts.md`: one heading a question, its other wordings, its answer with source ids in brackets. */

/** A question with its answer from the evidence. */
export type Fact = {
  readonly question: string;
  readonly alsoAsked: readonly string[];
  /** Without the ids in brackets. */
  readonly answer: string;
  /** Keys of `sources.json`, in the order of their first mention. */
  readonly sources: readonly string[];
  /** Whether a source of the answer was read at second hand. */
  readonly isReported: boolean;
};

const citation = /\s*\[([^\]]+)\]/g;

/** The facts of `markdown` in their order. Throws with the heading of the first that is not in the form of `schema.md`. */
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
  const ids = [...(answer[0] ?? "").matchAll(citation)].flatMap((match) => (match[1] ?? "").split(",").map((id) => id.trim()));
  return {
    question,
    alsoAsked: also.split(";").map((wording) => wording.trim()),
    answer: (answer[0] ?? "").replaceAll(citation, ""),
    sources: [...new Set(ids.filter((id) => id !== "reported" && id !== "general advice"))],
    isReported: ids.includes("reported"),
  };
}
