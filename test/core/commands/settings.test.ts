import { type Setting, settings } from "#core/commands/settings/parse-settings.ts";
import { foldWord } from "#core/lib/text.ts";
import { parseTimeZone, type TimeZone, weekdays } from "#core/lib/time.ts";
import type { User } from "#core/model/user.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aUser } from "../../support/builders.ts";

const today = Temporal.PlainDate.from("2026-11-23");

function named(name: string): Setting {
  const found = settings.find((setting) => setting.name === name);
  if (!found) throw new Error(`Find setting "${name}": it must be one of settings`);
  return found;
}

/** What `value` makes of the setting, shown again; "refused" when it is not understood. */
function changed(name: string, value: string, user: User = aUser()): string {
  const after = named(name).change(value, user, today);
  return after ? named(name).show(after) : "refused";
}

const time = fc.nat(24 * 60 - 1).map((minutes) => Temporal.PlainTime.from("00:00").add({ minutes }));
const timeZones: readonly TimeZone[] = Intl.supportedValuesOf("timeZone").flatMap((name) => parseTimeZone(name) ?? []);

/** Somebody who may have set anything. */
const anyUser: fc.Arbitrary<User> = fc
  .record({
    timeZone: fc.constantFrom(...timeZones),
    firstDay: fc.constantFrom(...weekdays),
    feedback: fc.record({ weekday: fc.constantFrom(...weekdays), time }),
    restNudges: fc.boolean(),
    trainingNudges: fc.boolean(),
    quietHours: fc.option(
      fc.record({ from: time, until: time }).filter(({ from, until }) => !from.equals(until)),
      { nil: undefined },
    ),
    over65: fc.boolean(),
    band: fc.option(
      fc
        .tuple(fc.integer({ min: 1, max: 10_080 }), fc.integer({ min: 1, max: 10_080 }))
        .map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b), setOn: today })),
      { nil: undefined },
    ),
  })
  .map(aUser);

describe("every setting", () => {
  test.each(settings.map((setting) => [setting.name, setting] as const))(
    "%s is read back as it is shown, to the same user",
    (_, setting) => {
      fc.assert(
        fc.property(anyUser, anyUser, (user, other) => {
          const again = setting.change(setting.show(user), user, today);
          expect(again && settings.map(({ show }) => show(again))).toEqual(settings.map(({ show }) => show(user)));
          expect(again).toEqual(user);
          const moved = setting.change(setting.show(other), user, today);
          expect(moved && setting.show(moved)).toBe(setting.show(other));
        }),
        { numRuns: 300 },
      );
    },
  );

  test.each(settings.map((setting) => [setting.example, setting] as const))("%s works as it stands", (example, setting) => {
    const start = `/settings ${setting.name} `;
    expect(example.startsWith(start)).toBe(true);
    expect(setting.change(example.slice(start.length), aUser(), today)).toBeDefined();
  });

  test.each(settings.map((setting) => [setting.name, setting] as const))("%s changes nothing else", (_, setting) => {
    fc.assert(
      fc.property(anyUser, anyUser, (user, other) => {
        const moved = setting.change(setting.show(other), user, today);
        const rest = settings.filter((each) => each !== setting);
        expect(moved && rest.map(({ show }) => show(moved))).toEqual(rest.map(({ show }) => show(user)));
      }),
    );
  });

  test.each(settings.map((setting) => [setting.name, setting] as const))(
    "%s refuses what is nothing of its kind, and never throws",
    (_, setting) => {
      const refused = ["", " ", "maybe", "constructor", "__proto__", "\ud800", "💪", "x".repeat(2000)];
      expect(refused.map((value) => setting.change(value, aUser(), today))).toEqual(refused.map(() => undefined));
      fc.assert(
        fc.property(fc.string(), (value) => {
          const after = setting.change(value, aUser(), today);
          expect(after === undefined || setting.show(after) !== "").toBe(true);
        }),
      );
    },
  );

  test("every name and alias stands for one setting", () => {
    const names = settings.flatMap(({ name, aliases }) => [...new Set([name, ...aliases].map(foldWord))]);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});

describe("settings read what people write", () => {
  test.each([
    ["time zone", "auckland", "Pacific/Auckland"],
    ["time zone", "EUROPE/BERLIN", "Europe/Berlin"],
    ["first day", "sun", "Sunday"],
    ["first day", "MONDAY", "Monday"],
    ["feedback", "sunday 18:00", "Sunday 18:00"],
    ["feedback", "Fri 8", "Friday 08:00"],
    ["feedback", "mon 07.30", "Monday 07:30"],
    ["feedback", "mon 20h", "Monday 20:00"],
    ["feedback", "19:30", "Monday 19:30"],
    ["feedback", "on friday", "Friday 08:00"],
    ["feedback", "at 9 on sunday", "Sunday 09:00"],
    ["feedback", "mon ２０:００", "Monday 20:00"],
    ["quiet hours", "22:00-07:00", "22:00-07:00"],
    ["quiet hours", "22 – 7", "22:00-07:00"],
    ["quiet hours", "21.30 to 6", "21:30-06:00"],
    ["quiet hours", "1:00-5:00", "01:00-05:00"],
    ["quiet hours", "Off", "off"],
    ["quiet hours", "none", "off"],
    ["band", "60-120", "60-120"],
    ["band", "60 – 120", "60-120"],
    ["band", "60 to 120 min", "60-120"],
    ["band", "45-45", "45-45"],
    ["band", "1-10080", "1-10080"],
    ["band", "off", "off"],
    ["feedback", "off", "off"],
    ["nudges", "OFF", "off"],
    ["nudges", "no", "off"],
    ["nudges", "yes", "on"],
    ["training nudges", "on", "on"],
    ["over 65", "yes", "yes"],
    ["over 65", " No ", "no"],
  ])("%s reads %j as %s", (name, value, wanted) => {
    expect(changed(name, value)).toBe(wanted);
  });

  test.each([
    ...["EST", "+02:00", "Etc/GMT+5", "gotham", "off"].map((value) => ["time zone", value]),
    ...["8", "someday", "off", "mon tue", "today"].map((value) => ["first day", value]),
    ...["monday 24:00", "monday 8:60", "monday 8:5", "monday 08:00 please", "monday -1"].map((value) => ["feedback", value]),
    ...["22:00", "22:00-22:00", "22:00-7:00-8:00", "25-7", "22:00-", "-07:00", "22:00 07:00"].map((value) => ["quiet hours", value]),
    ...["60", "120-60", "0-60", "-5-60", "60-120-180", "60.5-120", "1e2-200", "60-10081", "60-999999", "a-b"].map((value) => [
      "band",
      value,
    ]),
    ...["1", "true", "perhaps", "on off"].map((value) => ["nudges", value]),
  ])("%s refuses %j", (name = "", value = "") => {
    expect(changed(name, value)).toBe("refused");
  });

  test("band remembers the day on which it was set", () => {
    expect(named("band").change("60-120", aUser(), today)?.band?.setOn.toString()).toBe("2026-11-23");
  });
});
