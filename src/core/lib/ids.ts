/**
 * Branded ids: strings that must not be mixed up.
 *
 * Only the brand's own function makes a value, where text enters the program: in a parser, in an adapter, or from a request's fresh id.
 * Empty text is rejected: an empty id would match any user, and an empty address any channel.
 */

declare const brand: unique symbol;

/** `Base` branded with `Name`. Two brands of the same base are not assignable to each other. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };

/** A user, across platforms. */
export type UserId = Brand<string, "UserId">;

/** One training session. */
export type SessionId = Brand<string, "SessionId">;

/** The last action of a user. */
export type ActionId = Brand<string, "ActionId">;

/** A clarification. */
export type ClarificationId = Brand<string, "ClarificationId">;

/** An incoming message. A redelivery by the platform has the same id. */
export type MessageId = Brand<string, "MessageId">;

/** A group. */
export type GroupId = Brand<string, "GroupId">;

/** An outbox message, sent once: the key is the same for the same user or channel, kind, and day or week. */
export type DeliveryKey = Brand<string, "DeliveryKey">;

/** An activity: an `id` of `activities.json`. */
export type ActivityId = Brand<string, "ActivityId">;

/** The name of a platform. The core does not know the values. */
export type PlatformName = Brand<string, "PlatformName">;

/** The address of a channel, in the platform's own format. */
export type Address = Brand<string, "Address">;

/** Whole minutes. */
export type Minutes = Brand<number, "Minutes">;

/** Joins `parts` with spaces into a branded value. Throws a TypeError when a part is empty, blank or not a string. */
export type Minter<Name extends string> = (...parts: readonly [string, ...string[]]) => Brand<string, Name>;

function minter<Name extends string>(name: Name): Minter<Name> {
  return (...parts) => {
    const isText = parts.every((part: unknown) => typeof part === "string" && part.trim() !== "");
    if (isText) return parts.join(" ") as Brand<string, Name>;
    // The parts are not quoted: they may be user input.
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
/** Makes a MessageId from a platform's name and the platform's own id. */
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
