/** Suggestions for `/history`: activities, those of the person first. */

import { activitiesWith, activityOf, typedName } from "#core/evidence/activities.ts";
import { limitSuggestions, type Suggester } from "#core/autocomplete.ts";
import { foldWord } from "#core/lib/text.ts";

/** How far back their own are looked for. */
const sessions = 40;

/** Offers activities one of whose names starts with what is typed, those that they trained of late first. */
export const suggestActivities: Suggester = (words) => ({
  needs: { page: { skip: 0, limit: sessions } },
  list({ page }) {
    const found = activitiesWith(foldWord(words));
    const own = page.map(({ activity }) => activityOf(activity)).filter((activity) => found.includes(activity));
    return limitSuggestions([...own, ...found].map(typedName).map((name) => ({ label: name, words: name })));
  },
});
