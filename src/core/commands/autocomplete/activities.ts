/** Suggestions for `/history`: activities, with the user's own first. */

import { activitiesWith, activityOf, typedName } from "#core/evidence/activities.ts";
import { withData } from "#core/command.ts";
import { limitSuggestions, type Suggester } from "#core/autocomplete.ts";
import { foldWord } from "#core/lib/text.ts";

/** How many of the user's latest sessions are searched. */
const sessions = 40;

/** Suggests activities with a name that starts with the typed words. Recently trained ones come first. */
export const suggestActivities: Suggester = (words) =>
  withData({ page: { skip: 0, limit: sessions } }, ({ page }) => {
    const found = activitiesWith(foldWord(words));
    const own = page.map(({ activity }) => activityOf(activity)).filter((activity) => found.includes(activity));
    return limitSuggestions([...own, ...found].map(typedName).map((name) => ({ label: name, words: name })));
  });
