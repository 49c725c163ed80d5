/** Discord's error responses. */

/** A refused request: `status`, `code`, and the problems of its body. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  readonly problems: readonly string[];

  constructor(status: number, code: number, message: string, problems: readonly string[] = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.problems = problems;
  }
}

/** Throws if there are problems. */
export function refuseProblems(problems: readonly string[]): void {
  if (problems.length > 0) throw new Refusal(400, 50035, "Invalid Form Body", problems);
}

/** Refusals by Discord's names. */
export const refusals = {
  unauthorized: () => new Refusal(401, 0, "401: Unauthorized"),
  unknownRoute: () => new Refusal(404, 0, "404: Not Found"),
  badJson: () => new Refusal(400, 50109, "The request body contains invalid JSON."),
  tooLarge: () => new Refusal(413, 40005, "Request entity too large"),
  unknownApplication: () => new Refusal(404, 10002, "Unknown Application"),
  unknownChannel: () => new Refusal(404, 10003, "Unknown Channel"),
  unknownMessage: () => new Refusal(404, 10008, "Unknown Message"),
  unknownUser: () => new Refusal(404, 10013, "Unknown User"),
  unknownWebhook: () => new Refusal(404, 10015, "Unknown Webhook"),
  unknownInteraction: () => new Refusal(404, 10062, "Unknown interaction"),
  alreadyAnswered: () => new Refusal(400, 40060, "Interaction has already been acknowledged."),
  tooManyFollowUps: () => new Refusal(400, 40094, "This interaction has reached the maximum number of follow-up messages."),
  noAccess: () => new Refusal(403, 50001, "Missing Access"),
  othersMessage: () => new Refusal(403, 50005, "Cannot edit a message authored by another user"),
  closedToBot: () => new Refusal(403, 50007, "Cannot send messages to this user"),
  noPermission: () => new Refusal(403, 50013, "Missing Permissions"),
  badWebhookToken: () => new Refusal(401, 50027, "Invalid Webhook Token"),
  badRecipient: () => new Refusal(400, 50033, "Invalid Recipient(s)"),
  noMutualServer: () => new Refusal(403, 50278, "Cannot send messages to this user due to having no mutual guilds"),
} as const;
