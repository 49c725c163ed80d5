import { activityOf, findMeaning, kinds } from "#core/evidence/activities.ts";
import { evidence, type EvidenceFiles, parseEvidence } from "#core/evidence/evidence.ts";
import { foldWord } from "#core/lib/text.ts";
import { files } from "#src/evidence/files.ts";
import { describe, expect, test } from "vitest";

type FileName = keyof EvidenceFiles;

/** `value` with another one at `path`; without that key when `wanted` is undefined. */
function bent(value: unknown, [key, ...path]: readonly (string | number)[], wanted: unknown): unknown {
  if (key === undefined) return wanted;
  if (Array.isArray(value)) return value.map((item: unknown, index) => (index === key ? bent(item, path, wanted) : item));
  const fields: Record<string, unknown> = { ...(value as object) };
  return { ...fields, [key]: bent(fields[key], path, wanted) };
}

/** What `parseEvidence` says of the files when one of them holds `wanted` at `path`. */
function complaint(name: FileName, path: string, wanted: unknown): string {
  const keys = path === "" ? [] : path.split(".").map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  const given: unknown = JSON.parse(JSON.stringify(bent(files[name], keys, wanted)) ?? "null");
  try {
    parseEvidence({ ...files, [name]: given });
    return "nothing";
  } catch (error) {
    return error instanceof Error ? error.message : "no error";
  }
}

type Bend = { readonly path: string; readonly wanted: unknown; readonly said: string };

/** A value that must not stand at a path, and what is said of it where that is not the path. */
const bend = (path: string, wanted: unknown, said = path): Bend => ({ path, wanted, said });

const dose: readonly Bend[] = [
  bend("", null),
  bend("version", undefined),
  bend("extra", 1, ': Unrecognized key: "extra"'),
  bend("how_values.table", undefined),
  bend("curves", {}),
  bend("curves.0.points.0.rr", "0.9"),
  bend("curves.0.points.0.how", "guess"),
  bend("curves.0.points.0.deaths", undefined),
  bend("curves.0.points.0.extra", 1, "curves.0.points.0"),
  bend("curves.0.modality", "balance"),
  bend("joint.0.cells.0.strength", 5),
  bend("drawing.line.0.dose", null),
  bend("drawing.band", []),
  bend("zones.list.2.min", 41),
  bend("zones.list.2.min", 39),
  bend("zones.list.2.min", 39.5),
  bend("zones.list.0.min", 1),
  bend("zones.list.5.max", 200),
  bend("zones.list.3.id", "great"),
  bend("zones.habit_weeks", 0),
  bend("zones.scored_as_good.range", [30]),
  bend("zones.seed_target.range.1", 60.5),
  bend("aerobic_zones.list.1.min", 2),
  bend("aerobic_zones.list.4.max", 1000),
  bend("caveats.short", ""),
  bend("caveats.short", undefined),
  bend("own_pool.how", "table"),
];

const activities: readonly Bend[] = [
  bend("activities", []),
  bend("activities.3.suggested_split", { strength: 0.7, aerobic: 0.7 }),
  bend("activities.3.suggested_split.strength", 1.2),
  bend("activities.3.suggested_split.aerobic", -0.5),
  bend("activities.3.suggested_split.rest", 0, "activities.3.suggested_split"),
  bend("activities.3.intensity", "hard"),
  bend("activities.3.aliases", "squats"),
  bend("activities.3.aliases.0", 7),
  bend("activities.3.met", undefined),
  bend("activities.3.met_by_effort", {}),
  bend("activities.3.kcal", 400, "activities.3"),
  bend("equivalence.vigorous_to_moderate", 0),
  bend("intensity_by_effort.light.easy", "none"),
  bend("intensity_by_effort.light.brutal", "light", "intensity_by_effort.light"),
  bend("not_training.terms.rest", undefined),
  bend("not_training.terms.lazy", ["couch"], "not_training.terms"),
  bend("ambiguous.0.others.0", "quidditch", 'ambiguous.0: "quidditch"'),
  bend("ambiguous.0.default", "quidditch", 'ambiguous.0: "quidditch"'),
  bend("ambiguous.3.ask", ""),
];

const guidelines: readonly Bend[] = [
  bend("items.0.text", 3),
  bend("items.0.source", "who2020"),
  bend("items.0.value.x", {}),
  bend("items.1.grade", undefined),
  bend("items.1.extra", 1, "items.1"),
  bend("items", undefined),
];

const sources: readonly Bend[] = [
  bend("sources.momma2022.year", "2022"),
  bend("sources.momma2022.title", undefined),
  bend("sources.momma2022.isbn", "1", "sources.momma2022"),
  bend("sources.momma2022.url", 4),
  bend("sources", []),
  bend("", "text"),
];

describe("parseEvidence stops at a bent file, with its name and the path of the field", () => {
  test.each(dose)("parseEvidence stops in dose-response.json at $path when it is $wanted", ({ path, wanted, said }) => {
    expect(complaint("dose-response.json", path, wanted)).toMatch(`Read evidence/dose-response.json: ${said}`);
  });

  test.each(activities)("parseEvidence stops in activities.json at $path when it is $wanted", ({ path, wanted, said }) => {
    expect(complaint("activities.json", path, wanted)).toMatch(`Read evidence/activities.json: ${said}`);
  });

  test.each(guidelines)("parseEvidence stops in guidelines.json at $path when it is $wanted", ({ path, wanted, said }) => {
    expect(complaint("guidelines.json", path, wanted)).toMatch(`Read evidence/guidelines.json: ${said}`);
  });

  test.each(sources)("parseEvidence stops in sources.json at $path when it is $wanted", ({ path, wanted, said }) => {
    expect(complaint("sources.json", path, wanted)).toMatch(`Read evidence/sources.json: ${said}`);
  });

  test.each(["zones.list.2.max", "aerobic_zones.list.1.max"])("parseEvidence names %s when it is open before the last", (path) => {
    expect(complaint("dose-response.json", path, null)).toMatch(`Read evidence/dose-response.json: ${path}`);
  });
});

describe("parseEvidence stops at ids that are not there", () => {
  const crossing = evidence.dose.curves.findIndex((curve) => curve.crossing !== null);

  test.each<readonly [FileName, string]>([
    ["dose-response.json", "curves.0.source"],
    ["dose-response.json", "joint.0.source"],
    ["guidelines.json", "items.0.source.0"],
    ["dose-response.json", `curves.${crossing}.crossing.source`],
    ["dose-response.json", "top_dose_summary.rows.0.source"],
    ["dose-response.json", "drawing.line.0.source"],
    ["dose-response.json", "aerobic_zones.source.0"],
    ["activities.json", "thresholds.source.0"],
    ["activities.json", "equivalence.source.0"],
  ])("parseEvidence stops in %s at %s when no source has that id", (name, path) => {
    const message = complaint(name, path, "nobody1999");
    expect(message).toMatch(new RegExp(`^Read evidence/${name}: .*(?:source|rows|line)`));
    expect(message).toContain('"nobody1999"');
  });

  test("parseEvidence stops when a source that is cited is taken away", () => {
    expect(complaint("sources.json", "sources.momma2022", undefined)).toMatch('"momma2022" must be a key of sources.json');
  });

  test.each([
    [
      "an id that is not there",
      (text: string) => text.replace("[momma2022]", "[nobody1999]"),
      '"nobody1999" must be a key of sources.json',
    ],
    ["no line of other wordings", (text: string) => text.replace(/^\*Also asked: .*\n/m, ""), '"Why 40 to 60 minutes a week?" must have'],
    ["a second paragraph", (text: string) => text.replace(/^## /m, "## One\n*Also asked: b*\n\nc\n\nd\n\n## "), '"One" must have'],
    ["no answer", (text: string) => `${text}\n## Last\n*Also asked: b*\n`, '"Last" must have'],
    ["nothing at all", () => "", ""],
  ])("parseEvidence stops at facts.md with %s", (_, change, said) => {
    expect(() => parseEvidence({ ...files, "facts.md": change(files["facts.md"]) })).toThrow(/^Read (?:evidence\/)?facts\.md/);
    expect(() => parseEvidence({ ...files, "facts.md": change(files["facts.md"]) })).toThrow(said);
  });

  test("parseEvidence stops at facts that are no text", () => {
    expect(() => parseEvidence({ ...files, "facts.md": { facts: [] } })).toThrow("facts.md");
  });
});

describe("evidence", () => {
  test("evidence is frozen to its last value", () => {
    const loose = (value: unknown, path: string): readonly string[] =>
      typeof value !== "object" || value === null
        ? []
        : [...(Object.isFrozen(value) ? [] : [path]), ...Object.entries(value).flatMap(([key, part]) => loose(part, `${path}.${key}`))];
    expect(loose(evidence, "evidence")).toEqual([]);
  });

  test("evidence is parsed anew from the files as they are", () => {
    expect(parseEvidence(files)).toEqual(evidence);
  });

  test("kinds are activities, and one is strength alone and one aerobic alone", () => {
    expect(kinds.map(({ id }) => activityOf(id))).toEqual(kinds);
    expect(kinds.map(({ suggested_split }) => suggested_split)).toEqual(
      expect.arrayContaining([
        { strength: 1, aerobic: 0 },
        { strength: 0, aerobic: 1 },
      ]),
    );
  });

  test("findMeaning finds every activity by its name and by each of its aliases, but for ambiguous terms", () => {
    const terms = new Set(evidence.activities.ambiguous.map(({ term }) => foldWord(term)));
    const wrong = evidence.activities.activities.flatMap((activity) =>
      [activity.name, ...activity.aliases].filter((alias) => {
        const meaning = findMeaning(foldWord(alias));
        return terms.has(foldWord(alias)) ? meaning?.kind !== "ambiguous" : meaning?.kind !== "activity" || meaning.activity !== activity;
      }),
    );
    expect(wrong).toEqual([]);
  });
});
