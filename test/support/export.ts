/** Export files as somebody could have edited them. */

/** A user in an export, with default settings. */
export const person = {
  id: "id-00009",
  joinedAt: "2026-01-01T08:00:00Z",
  timeZone: "Europe/Berlin",
  firstDay: 1,
  feedback: { weekday: 1, time: "08:00:00" },
  restNudges: true,
  trainingNudges: false,
  quietHours: { from: "22:00:00", until: "07:00:00" },
  isStopped: false,
  pauses: [] as readonly { readonly from: string; readonly until: string }[],
  over65: false,
  band: null as unknown,
  plan: null as unknown,
  moved: null as unknown,
  words: {} as unknown,
  told: [] as readonly string[],
  messagesOn: null,
};

/** A session in an export. */
export const session = {
  id: "s1",
  activity: "strength",
  intensity: "moderate",
  minutes: 20,
  strengthShare: 1,
  aerobicShare: 0,
  day: "2026-11-20",
  loggedAt: "2026-11-20T08:00:00Z",
};

/** The text of an export with `sessions` and a user with `settings`. */
export function archiveOf(settings: object, sessions: readonly unknown[] = [session]): string {
  const rest = {
    accounts: [],
    lastAct: null,
    openQuestion: null,
    comingMessages: [],
    messages: [],
    linkCode: null,
    groups: [],
    cheers: [],
  };
  const head = { format: "sweetspot-export", version: 1, madeAt: "2026-11-20T09:00:00Z", person: { ...person, ...settings } };
  return JSON.stringify({ ...head, sessions, ...rest, channelsBound: [], keptAside: [] });
}
