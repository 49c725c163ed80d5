/**
 * Names for strings that must not be mixed up.
 *
 * A branded value is minted where text enters the house: in a parser, in `rows.ts`, or from the fresh id of a request.
 */

declare const brand: unique symbol;

/** `Base` that carries `Name`: two brands of the same base cannot stand for each other. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };

/** A person, across platforms. */
export type UserId = Brand<string, "UserId">;

/** One bout of training. */
export type SessionId = Brand<string, "SessionId">;

/** The last thing that a person did. */
export type ActId = Brand<string, "ActId">;

/** Something that the coach asked back. */
export type QuestionId = Brand<string, "QuestionId">;

/** One thing that arrived: the same again when the platform delivers it again. */
export type SourceId = Brand<string, "SourceId">;

/** People who keep each other honest. */
export type GroupId = Brand<string, "GroupId">;

/** Something that is said unasked, once: the same for the same person or channel, reason and day or week. */
export type DeliveryKey = Brand<string, "DeliveryKey">;

/** A kind of training: an `id` of `activities.json`. */
export type ActivityId = Brand<string, "ActivityId">;

/** A platform's name. The core knows none of them. */
export type PlatformName = Brand<string, "PlatformName">;

/** A place on a platform, in that platform's own spelling. */
export type Address = Brand<string, "Address">;

/** Whole minutes. */
export type Minutes = Brand<number, "Minutes">;
