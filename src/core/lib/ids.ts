/**
 * Names for strings that must not be mixed up.
 *
 * A branded value is made by the function of its brand and by nothing else, where text enters the house: in a parser, in an adapter, or from the
 * fresh id of a request. None can be made of "": an id that is empty would be everybody's, and a place without an address any place.
 */

declare const brand: unique symbol;

/** `Base` that carries `Name`: two brands of the same base cannot stand for each other. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };

/** A person, across platforms. */
export type UserId = Brand<string, "UserId">;

/** One training session. */
export type SessionId = Brand<string, "SessionId">;

/** The last thing that a person did. */
export type ActionId = Brand<string, "ActionId">;

/** Something that the coach asked back. */
export type ClarificationId = Brand<string, "ClarificationId">;

/** One thing that arrived: the same again when the platform delivers it again. */
export type MessageId = Brand<string, "MessageId">;

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

/** The same value from the same `parts`, with a space between them. Throws a TypeError where one of them is empty, blank, or no text at all. */
export type Minter<Name extends string> = (...parts: readonly [string, ...string[]]) => Brand<string, Name>;

function minter<Name extends string>(name: Name): Minter<Name> {
  return (...parts) => {
    const isText = parts.every((part: unknown) => typeof part === "string" && part.trim() !== "");
    if (isText) return parts.join(" ") as Brand<string, Name>;
    // The parts are not quoted: they are foreign text.
    throw new TypeError(`Make a brand of "${name}": each part must be text that is not blank`);
  };
}

/** Makes a UserId. */
export const userIdOf: Minter<"UserId"> = minter("UserId");
/** Makes a SessionId. */
export const sessionIdOf: Minter<"SessionId"> = minter("SessionId");
/** Makes an ActionId. */
export const actionIdOf: Minter<"ActionId"> = minter("ActionId");
/** Makes a ClarificationId. */
export const clarificationIdOf: Minter<"ClarificationId"> = minter("ClarificationId");
/** Makes a MessageId, of a platform's name and what the platform knows the same thing by. */
export const messageIdOf: Minter<"MessageId"> = minter("MessageId");
/** Makes a GroupId. */
export const groupIdOf: Minter<"GroupId"> = minter("GroupId");
/** Makes a DeliveryKey. */
export const deliveryKeyOf: Minter<"DeliveryKey"> = minter("DeliveryKey");
/** Makes an ActivityId. */
export const activityIdOf: Minter<"ActivityId"> = minter("ActivityId");
/** Makes a PlatformName. */
export const platformNameOf: Minter<"PlatformName"> = minter("PlatformName");
/** Makes an Address. */
export const addressOf: Minter<"Address"> = minter("Address");
