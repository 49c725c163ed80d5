/** Word lists for the search: synonyms, stop words, phrases and extra wordings of the facts. All words are folded. */

/** One meaning a line; its first word is the canonical one. */
const synonyms: readonly string[] = [
  "lift lifting lifted lifts weights weight strength gym dumbbell dumbbells barbell resistance deadlift deadlifts bench",
  "train training trained exercise exercises exercising excercise excercises workout workouts session sessions work working",
  "cardio aerobic aerobics endurance",
  "run running runs ran jog jogging",
  "walk walking walks walked",
  "harm harming harmful hurt hurting harms bad dangerous danger unhealthy risky",
  "much most overdo overdoing maximum limit lots",
  "week weekly weeks",
  "nothing sedentary couch sofa sitting",
  "few little worth minimum bit",
  "quick short fast fastest quickest busy",
  "rest rests recover recovery",
  "weekend saturday saturdays sunday sundays",
  "often frequency",
  "hard intensity effort",
  "sore doms soreness ache aches aching achy",
  "muscle muscles muscular",
  "old older age aged ageing aging elderly senior seniors",
  "start starting begin beginning beginner",
  "fall falls falling",
  "alcohol beer beers wine drink drinks drinking booze",
  "sad low feeling",
  "diabetes diabetic",
  "prediabetes prediabetic",
  "belly tummy waist",
  "injection injections jab jabs ozempic wegovy mounjaro",
  "hba1c a1c",
  "pressure bp",
  "ill sick illness unwell",
  "proof prove proven proved",
  "women woman female",
  "miss missed skip skipped skipping",
  "travel holiday",
  "sleep slept sleeping",
  "doctor doctors doc gp clinician",
  "study studies research",
  "sure certainty trust reliable confident convinced",
  "lower down reduce",
  "stretch stretching stretches",
  "flushes flashes",
  "break months",
  "risk odds",
  "prevent stop protect avoid",
  "scared afraid fear",
  "memory remember forget forgetful forgetting",
];

/** Stop words, separated by spaces. */
const stopWordText = `a an the i im ive id me my mine we our you your u ur it its itself is are am was were be been being do does did doing done
to of in on at for from and or so if but with by as that this these those there here what whats how why when which where who can could
should shall will would wont may might must have has had having get got gets getting go going goes any some just really even still ok okay
please pls hi hello hey not no n dont doesnt didnt cant isnt arent them they he she his her their than then now too up out about into also
one many very thing things make makes made need want know tell say says like good other near every day days time actually ever used using
after help helps helping think need needs take takes use lot mate times per again today tonight yes right well
min mins minute minutes hour hours hr hrs lately couple all it'll taking takes took keep havent hasnt wasnt bring brings come comes came ive been so
give gives says best better only already single top over under each own man men guy bloke lady ladies wife husband mum mom dad son daughter kids nan gran
already almost next during between without within along across around off away far near let lets try trying tried start-up
find found look looking looks seem seems feel feels felt want wants wanted mean means meant please believe heard hear read saw see seen seems
ask asked asking wonder wondering guess hope hoping supposed able allowed fine great nice new whole part rather pretty super
later soon early late morning evening afternoon tonight two three four five six seven eight nine ten fifteen twenty thirty forty fifty sixty ninety half
month year useful something somebody
everything everybody anywhere somewhere instead besides anyhow honestly seriously literally basically properly exactly
wat wot gud amt bout plz thx abt gonna wanna gotta lol omg idk tbh prob cos cuz dunno yo ow oh um er
terribly badly always never quite sort kind maybe perhaps since while always anyway anything anyone someone people person`;

/** Words that spelling correction skips, although they are close to words of the facts. */
export const neverCorrect: ReadonlySet<string> = new Set(["shoes", "shown", "leeds", "statins", "beach", "order"]);

/** Phrases of several words, and the word of the facts that replaces each. */
const phrases: readonly (readonly [said: RegExp, meant: string])[] = [
  [/\bhow many (?:days|times|sessions)\b|\b(?:days|times) (?:a|per) week\b/g, " frequency "],
  [/\bdays? off\b/g, " rest "],
  [/\b(?:get|getting|go|going) back (?:in)?to\b/g, " restart "],
  [/\bbring(?:s|ing)? (?:(?:my|the) )?(\w+ ?\w*) down\b/g, " lower $1 "],
  [/\b(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: \w+){1,4} (?:mon|tues|wednes|thurs|fri|satur|sun)day\b/g, " consecutive "],
  [/\b\d{2,3} (?:over|on|\/) \d{2,3}\b/g, " high "],
  [/\btoo many\b/g, " much "],
  [/\bsat (?:and|n|&|\+) sun\b/g, " weekend "],
  [/\bweeks? off\b/g, " travel "],
  [/\bhow long\b/g, " "],
  [/\btak(?:es?|ing) (?:so|too) long\b/g, " slow "],
  [/\bgo(?:es|ing)? (?:back )?up(?: again)?\b/g, " turn "],
];

/** The canonical word of each synonym. */
export const canonical: ReadonlyMap<string, string> = new Map(
  synonyms.flatMap((line) => {
    const [first = "", ...others] = line.split(" ");
    return [first, ...others].map((word) => [word, first] as const);
  }),
);

/** Words that the search ignores. */
export const stopWords: ReadonlySet<string> = new Set(stopWordText.split(/\s+/));

/** Replaces the phrases in `text` by words of the facts. */
export function replacePhrases(text: string): string {
  return phrases.reduce((said, [pattern, word]) => said.replaceAll(pattern, word), text);
}

/** Extra wordings of facts, keyed by question, in addition to those of `facts.md`. */
export const wordings: Readonly<Record<string, readonly string[]>> = {
  "Why 40 to 60 minutes a week?": ["what is special about this number", "where do you get the minutes from"],
  "Why would more lifting not keep helping?": ["why does the curve go up again", "why the curve turns"],
  "Once a week or twice?": ["one long session or two short ones", "how many days a week should I lift", "is once a week enough"],
  "Why do gains come more slowly with age?": ["slow to get stronger when old"],
  "How much aerobic activity do I need?": ["how much cardio do I need", "minutes of cardio a week"],
  "How much strength training is too much?": ["can you overdo lifting", "a limit to lifting"],
  "Should I stop at 60 minutes?": ["is 90 minutes fine", "is 100 minutes all right"],
  "How sure is the evidence?": ["where are your sources", "how do you know that", "any doubts about the data"],
  "Should I see a doctor first?": [
    "after a stroke",
    "after a heart attack",
    "I have a pacemaker",
    "I have a heart condition",
    "am I cleared to lift",
    "I feel dizzy",
    "dizzy after lifting",
    "light-headed",
  ],
  "What counts as strength training?": ["does cardio count as strength", "does climbing stairs count"],
  "How many steps should I take?": ["is that enough steps"],
  "Does walking give more than lifting?": ["treadmill or dumbbells"],
  "Is walking enough?": ["does walking count", "I walk the dog", "walking instead of weights"],
  "May I train on two days in a row?": ["I trained yesterday", "lift again tomorrow"],
  "I am 70. Can I start?": ["should I still lift when older", "am I too old for weights"],
  "Did the study say that exercise does not work in older people?": ["so exercise does not work when you are old"],
  "Is it shown that exercise lengthens life?": ["is there proof of a longer life", "proof that exercise makes you live longer"],
  "Is strength training good for back pain?": ["my lower back aches", "my back went", "I put my back out", "sciatica"],
  "How do I prevent falls?": ["scared of falling over"],
  "How much protein do I need?": ["how much protein a day"],
  "What counts as moderate or vigorous?": ["how do I know that it is vigorous"],
  "Should I stretch?": ["stretch before or after lifting"],
  "Can I train at home without equipment?": ["are resistance bands any good", "push-ups at home"],
};
