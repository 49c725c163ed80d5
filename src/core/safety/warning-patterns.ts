/**
 * The patterns of warning signs. They match folded text without apostrophes and points, with one space between words.
 *
 * A false alarm costs a user two seconds; a missed sign may cost more. So the patterns are wide.
 */

/** The kinds of warning, the most urgent first. A message with one of them is not answered with numbers. */
export const warnings = ["symptoms", "despair", "breakdown", "back", "pregnancy", "surgery", "eating", "minor"] as const;

/** A kind of warning. */
export type Warning = (typeof warnings)[number];

/** Matches `a` and `b` in any order, with at most `words` words between them. */
function near(a: string, b: string, words = 5): string {
  const between = `(?: \\S+){0,${words}} `;
  return `(?:${a})${between}(?:${b})|(?:${b})${between}(?:${a})`;
}

const pain =
  "pains?|painful|hurts?|hurting|hurted|aches?|aching|discomfort|squeez\\w*|crush\\w*|stab\\w*|sharp|tightness|pressure|elephant|burns|burning|heavy feeling|heaviness|vice|vise|tightening|killing|tingl\\w*|feels? (?:odd|weird|funny|strange|wrong|bad)|not right";
const heart = "heart|hearts|heartbeat|heartbeats|heart beat|heart rate|pulse|ticker|hb";
const unruly =
  "rac(?:es|ing|ed)|irregular\\w*|skip\\w*|flutter\\w*|pound\\w*|thump\\w*|erratic\\w*|uneven\\w*|jump\\w*|stumbl\\w*|all over the place|miss(?:es|ing)? beats?|wont (?:slow|calm|settle)\\w*|out of rhythm|going crazy|somersaults?|flips?|flipping|lurch\\w*|funny|odd|oddly|weird|weirdly|strange|strangely|stops|stopped|wrong|not right";
const calm = "at rest|resting|sitting|sat|lying|in bed|doing nothing|for no reason";
const body = "hip|knee|shoulder|joint|valve";
const cut = "surgery|surgeries|operation|operations|op(?! shop)|procedure";
const urine = "urine|pee|peeing|peed|(?:my|the|a|when i) wee|wee (?:is|was|looks|has)|weeing|piss|pissing";
const dark = "dark|brown|cola|coke|tea coloured|tea colored|red|blood|bloody|black";
const numb = "numb|numbness";
const grades = "(?:\\d+ ?(?:st|nd|rd|th) grade|year \\d+|middle school|high school|secondary school|primary school|school still)";
const young = "(?:[1-9]|1[0-7])";
const kin =
  "im|i am|age|aged|hes|shes|he is|she is|(?:son|daughter|kid|child|boy|girl|grandson|granddaughter|nephew|niece|brother|sister)s?(?: is| who is| whos)?|turned|turning";
const unit =
  "(?: ?(?:m|min|mins|minutes?|k|km|kms|kg|kgs|h|hrs?|hours?|reps?|sets?|weeks?|days?|months?|stone|st|lbs?|pounds?|percent|years? (?:in|into|of|since|ago)|ft|foot|steps?|sessions?|times|\\d+)\\b)";

/** The patterns of each warning. */
export const patterns: Readonly<Record<Warning, readonly RegExp[]>> = {
  symptoms: compile(
    near("chest|breastbone|sternum", pain),
    "tight(?:ening)? chest|chest (?:\\S+ ){0,3}(?:tight|tightening|heavy)|heav(?:y|iness) (?:on|in) (?:my |the )?chest|angina",
    "(?:having|had|think its|is this|like) a heart attack",
    "faint(?:ed|ing|s|ish)|(?:i|feel|feels|felt|feeling|nearly|almost|went|going|bit|get|got|getting|keep|so|am|im|very|little|will|might) faint|faint (?:and|when|after|on|while|during|every|again)",
    "(?:pass|passed|passing) out(?= (?:in|on|at|after|for|during|while|when|from|cold|again|twice|yesterday|today|last|this|and|briefly|once|mid|every|if)\\b| ?$)",
    "black(?:ed|ing)? out|blackouts?(?! curtain)|(?:lost|losing|lose) consciousness|unconscious|out cold|(?:went|goes|going|saw|see) black|collaps(?:ed|ing)|keeled over|syncope|funny turn|conk(?:ed|ing)? out|spark out|hit the (?:floor|deck|ground)|(?:woke|came to|found myself) (?:up )?on the (?:floor|ground)",
    "(?:short|shortness|shortage) of breath|breathless(?:ness)?(?! (?:view|scenery))|gasping|(?:fight|fighting|struggl\\w*|battling) (?:for|to) (?:air|breath|breathe)",
    "(?:cant|cannot|couldnt|can not|can barely|could barely|hardly|unable to) (?:breathe|breath|catch (?:my |a )?breath|get (?:my |enough |any )?(?:breath|air))|(?:trouble|difficulty|problems?|hard|harder|difficult) (?:to )?breath(?:e|ing)|breathing (?:is|was|gets|got|has become) (?:so |very |really )?(?:hard|difficult|bad|worse)",
    near(
      "out of (?:breath|puff)|puffed out|winded|panting|puffing",
      `usual|normal|${calm}|nothing|talking|easily|suddenly|never before|all the time|proportion|hardly|few steps|the kitchen|across the room`,
    ),
    near(heart, unruly, 4),
    "palpitations?|arrhythmia|afib|a fib|atrial fibrillation|tachycardia",
    near(`(?:pulse|heart rate|heart|hr|bpm)(?: \\S+){0,4} (?:1[2-9]\\d|2\\d\\d)`, calm, 4),
  ),
  despair: compile(
    "kill(?:ing)? my ?self|suicid\\w*|end(?:ing)? (?:it all|my life|everything)|self ?harm\\w*|cut(?:ting)? myself|tak(?:e|ing) my (?:own )?life|overdos\\w*|hurt(?:ing)? myself on purpose|cut(?:ting)? my (?:arms?|legs?|wrists?)|(?<!\\bam i )harm(?:ing)? myself",
    "(?:want|wanna|wish|like|ready) (?:to )?(?:die|be dead|disappear for good)|wish i (?:was|were) dead|(?:dont|do not|didnt) want to (?:live|be here|be alive|exist|wake up|go on)|better off (?:dead|without me)",
    "(?:no|not any|any|the) (?:point|reason|sense) (?:in|to|for|of) (?:live|living|go on|going on|life|being alive)|(?:cant|cannot) go on|not worth living|despair\\w*|hopeless",
    "(?:been|keep|kept|am|im|started) hurting myself(?! (?:lifting|training|at the gym|in the gym|with weights|by))",
  ),
  breakdown: compile(near(urine, dark), "rhabdo\\w*", near("swollen|swelling|swelled", "pain|pains|painful|weak|weakness|hurts?|cant")),
  back: compile(
    near(`${numb}|cant feel|no feeling`, "between (?:my |the )?legs|saddle|groin|crotch|genitals?|private parts|down there|down below", 4),
    near(
      "(?:lower |low )?back",
      `${numb}|fever|bladder|bowels?|cant (?:pee|wee)|(?:leg|foot) (?:\\S+ ){0,2}(?:weak|gone|numb)|weak leg|gone weak|accident|weight loss`,
      7,
    ),
    near("lost|losing|lose|no|cant|loss of", "control (?:of |over )?(?:my |the )?(?:bladder|bowels?)|bladder|bowels?", 3),
    near("cant (?:pee|wee|hold my (?:pee|wee))", "back", 6),
    near("sudden\\w*(?: \\S+){0,2} back pain|back pain(?: \\S+){0,3} sudden\\w*", "osteoporosis|fracture|brittle", 6),
  ),
  pregnancy: compile(
    "pregnan\\w*|preg(?:gers|gy|go)|trimester|weeks along|baby on the way|baby (?:is )?due|due date|postpartum|post partum|gave birth|giving birth|(?:had|having|expecting) (?:a|my|our|another) (?:first )?(?:baby|child)(?! (?:shower|sitter|bump photo))|expecting twins|expecting (?:our|my|a) (?:first|second|third|fourth)|(?:wife|partner|girlfriend|daughter|she|sister|friend) is expecting|\\d months gone|up the duff|bun in the oven",
    "(?:im|i am|were|we are) expecting(?: (?:again|in|our|soon|and)\\b| ?$)",
  ),
  surgery: compile(
    `(?:${body}|back|spine|heart|foot|hand|wrist|elbow|eye|cancer|ankle) (?:${cut})\\b|surgeon|(?:had|have|having|after|since|post|from|recent|recovering|my|an|another|awaiting|before)(?: \\S+){0,2} (?:${cut})\\b|post ?op(?:erative)?|(?:${cut}) (?:\\d+|one|two|three|four|five|six|a few|last|this|on my|yesterday)|operated on`,
    `(?:${body}) (?:was |been |got |just )?replace(?:ment|d)|(?:new|artificial|replaced) (?:${body})(?! (?:sleeves?|brace|pads?|day|press))|(?:had|have|got) (?:my |a |his |her )?(?:${body}) done|hernia (?:repair|fixed)|(?:after|post|had) (?:a |my )?hernia|(?:heart |triple |gastric )?bypass (?:last|in|this|\\d|weeks?|months?|a |and|can)`,
    "stitch(?:es)? (?:still|are|in|out)|my stitches|c section|caesarean|cesarean|hysterectomy|mastectomy|arthroscop\\w+|stent|pacemaker (?:fitted|put)|(?:appendix|gallbladder|gall bladder|tonsils|cataract|meniscus) (?:\\S+ )?(?:out|removed|done|repaired|fixed)",
    "(?:out of|home from|discharged from|back from|left) (?:the )?hospital|hospital stay",
  ),
  eating: compile(
    "anorexi\\w*|anorexic\\w*|bulimi\\w*|orthorexi\\w*|eating disorders?|disordered eating|ed recovery|(?:an|my|from) ed\\b|laxatives?|pro ?ana|\\bana\\b",
    near(
      "dont eat|not eating|not eat|fast|fasting|skip\\w* meals?|starv\\w*|food|eating",
      "(?:get|getting|be|look|stay) (?:thin|thinner|skinny|fat)|(?:scared|afraid|terrified) of|feel guilty|hate my body",
      6,
    ),
    "(?:then|and|i|keep) (?:binge|binging)(?! watch\\w*)|(?:scared|afraid|terrified) to eat|(?:i|to|and|then|by|keep) (?:purge|purging|purged)|purg(?:e|ing) after|binge ?(?:eat\\w*|d? (?:and|then|on food))|binged(?! (?:on )?(?:netflix|watched|a|the))",
    "(?:make|making|made) my ?self (?:sick|throw up|vomit|puke)|(?:throw|throwing|threw) up (?:after|my) (?:\\S+ )?(?:meals?|eating|food|dinner|lunch|breakfast)|starv(?:e|ing|ed) my ?self",
    "(?:only|just) (?:ate|eaten|had)(?: \\S+){1,4} in (?:\\S+ )?days",
    "(?:havent|have not|not|hardly|barely|stopped|didnt|dont) (?:\\S+ )?(?:eat|eaten|ate|eating) (?:\\S+ )?(?:in|for|since|anything for|any more|anymore)(?: \\S+)? ?(?:days?|week|weeks|anymore|monday|yesterday)?",
  ),
  minor: compile(
    `(?:${kin}) (?:just |only |now )?${young}\\b(?!${unit})`,
    `\\b${young} ?(?:yo|y o|yrs(?! ago| of| in)|yr old|yrs old|yr olds|year old|years old|years of age|year olds)\\b`,
    "\\b1[0-7] ?f\\b",
    `(?:im|i am|hes|shes) (?:still )?(?:in|at) ${grades}|go to (?:middle|high|secondary|primary) school`,
    "(?:im|i am|we are|were|as|being|for) (?:a |still a |still )?(?:teens?|teenagers?|minor|kid|child|schoolboy|schoolgirl)\\b|(?:my|our) (?:teen|teenager|child|kid) (?:wants|can|should|could|is|lift|train)\\w*|under ?age\\b|(?:im|i am|is|still|just) (?:under|below|not) (?:1[0-8]|eighteen)(?: yet)?\\b",
  ),
};

function compile(...sources: readonly string[]): readonly RegExp[] {
  return sources.map((source) => new RegExp(`\\b(?:${source})`));
}

/** Harmless uses of the same words. They are removed before the warning patterns are matched. */
export const harmlessPatterns: readonly RegExp[] = [
  // "No chest pain at all" is harmless, unless "before", "now", "but" or the like follows.
  /\b(?:no|without|zero|not any) (?:(?:any|more|real) )?(?:chest )?(?:pains?|tightness|pressure|fainting|palpitations|breathlessness|aches?|discomfort)\b(?! ?(?:\S+ )*(?:before|until|till|now|but|then|yesterday)\b)/g,
  /\bnot pregnant\b/g,
  /\bsuicides?(?: (?:sprints?|runs?|drills?|shuttles?|grips?))\b/g,
  // Another person's pregnancy, without a question about them.
  /\bpregnant (?:sister|wife|friend|daughter|cousin|neighbour|neighbor|colleague|niece|cat|dog)s?\b(?!.*\b(?:can|should|may|could|she|her|ok|safe|lift|train)\b)/g,
  /\b\d+ ?(?:yo|yr old|year old) (?:dog|cat|pup|puppy|horse|bike|car|house|shoes?|boots|trainers|whisky|machine|treadmill|rower|injury)\b/g,
  /\bchest (?:press(?:es)?|day|fly|flies|flys|machine|supported|session|workout|exercises?)\b/g,
  // Surgery of years ago.
  /\b(?:surgery|operation|op|replacement|bypass|section|stent|replaced|knee|hip)\b(?: \S+){0,3} (?:\d+|a|two|three|four|five|six|ten|many|several|some|few) years? (?:ago|back)\b/g,
];

/** Typo correction: `words` of the patterns that typos are corrected to, and `others` that are correct words and no typos. */
export const typos = {
  words: [
    "chest",
    "pregnant",
    "pregnancy",
    "surgery",
    "operation",
    "palpitations",
    "breathless",
    "breathlessness",
    "fainted",
    "fainting",
    "unconscious",
    "collapsed",
    "heartbeat",
    "irregular",
    "arrhythmia",
    "anorexia",
    "anorexic",
    "bulimia",
    "bulimic",
    "suicidal",
    "suicide",
    "laxatives",
    "pressure",
    "tightness",
    "replacement",
    "trimester",
    "stitches",
    "consciousness",
    "breathe",
    "heart",
    "urine",
    "teenager",
    "purging",
  ],
  others: [
    "chess",
    "cheat",
    "crest",
    "quest",
    "hear",
    "earth",
    "hearth",
    "hearty",
    "hearts",
    "breath",
    "breather",
    "breathed",
    "breathes",
    "painted",
    "operating",
    "chests",
    "beat",
    "purring",
  ],
} as const;
