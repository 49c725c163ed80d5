/** Schema of the JSON that `/export` writes and `/import` reads. `docs/guide/export-format.md` explains each part. */

import { z } from "zod";
import { sessionMinutes } from "#core/parsing/log-entries.ts";
import { shares } from "#core/model/group.ts";

const day = z.iso.date();
const time = z.iso.time();
const instant = z.iso.datetime({ offset: false });
const id = z.string().min(1).max(200);
const weekday = z.int().min(1).max(7);
const minutes = z.int().min(sessionMinutes.min).max(sessionMinutes.max);
const maybe = <Shape extends z.ZodType>(shape: Shape) => shape.nullable();

/** An exported session. */
export const sessionSchema = z.object({
  id,
  activity: z.string().min(1).max(60),
  intensity: z.enum(["light", "moderate", "vigorous"]),
  minutes,
  strengthShare: z.number().min(0).max(1),
  aerobicShare: z.number().min(0).max(1),
  day,
  loggedAt: instant,
  note: z.string().optional(),
  word: z.string().optional(),
  origin: id.optional(),
  batch: id.optional(),
});

/** An exported user with their settings. Null means turned off or not set. */
export const personSchema = z.object({
  id,
  joinedAt: instant,
  timeZone: z.string(),
  firstDay: weekday,
  feedback: maybe(z.object({ weekday, time })),
  restNudges: z.boolean(),
  trainingNudges: z.boolean(),
  quietHours: maybe(z.object({ from: time, until: time })),
  isStopped: z.boolean(),
  pauses: z.array(z.object({ from: day, until: day })),
  over65: z.boolean(),
  band: maybe(z.object({ min: z.number(), max: z.number(), setOn: day })),
  plan: maybe(z.object({ days: z.array(weekday), minutes })),
  moved: maybe(z.object({ week: day, days: z.array(weekday) })),
  words: z.record(z.string(), z.string()),
  told: z.array(z.string()),
  messagesOn: maybe(z.string()),
});

/** The parsed `personSchema`. */
export type ExportedPerson = z.infer<typeof personSchema>;

const accountSchema = z.object({
  account: z.object({ platform: id, id, name: z.string(), timeZone: z.string().optional() }),
  reach: z.object({ isOpen: z.boolean(), isTold: z.boolean() }),
  origin: maybe(id),
  heardAt: maybe(instant),
});

const messageSchema = z.looseObject({ key: id, kind: z.string(), on: day, dueAt: instant, state: z.string() });

const groupsSchema = {
  groups: z.array(
    z.object({
      id,
      group: z.string(),
      name: z.string(),
      share: z.enum(shares),
      joinedAt: instant,
      restsOn: maybe(day),
      origin: maybe(id),
    }),
  ),
  cheers: z.array(z.object({ groupId: id, on: day })),
  channelsBound: z.array(z.object({ platform: id, address: id, groupId: id, status: z.enum(["open", "suspended"]) })),
};

/** The whole export. Sessions stay unparsed here; they are read one by one. */
export const exportSchema = z.object({
  format: z.literal("sweetspot-export"),
  version: z.literal(1),
  madeAt: instant,
  person: personSchema,
  accounts: z.array(accountSchema),
  sessions: z.array(z.unknown()),
  lastAct: z.looseObject({}).nullable(),
  openQuestion: z.looseObject({}).nullable(),
  comingMessages: z.array(z.looseObject({ kind: z.string(), dueAt: instant, on: day })),
  messages: z.array(messageSchema),
  linkCode: z.looseObject({}).nullable(),
  ...groupsSchema,
  keptAside: z.array(z.object({ person: personSchema, sessions: z.array(sessionSchema), messages: z.array(messageSchema), ...groupsSchema })),
});
