/** The contract of the `Store` port. Every store keeps it; what one of them does besides is tested beside it. */

import type { Store } from "#src/ports/store.ts";
import { afterEach, beforeEach, describe } from "vitest";
import { acts, questions } from "./store/last-actions.ts";
import { claims } from "./store/claims.ts";
import { commits } from "./store/commits.ts";
import { deliveries, nextAt } from "./store/deliveries.ts";
import { groups, members } from "./store/groups.ts";
import { alex, alexAccount, linked, sam, samAccount, saved } from "./store/fixtures.ts";
import { installations } from "./store/installations.ts";
import { linking } from "./store/links.ts";
import { batches, forgetting, purges, speakers } from "./store/user-data.ts";
import { people } from "./store/users.ts";
import { groupPrompts, posts } from "./store/channel-posts.ts";
import { activeUsers, dueness, prompts } from "./store/prompts.ts";
import { lanes } from "./store/lanes.ts";
import { notes, reach } from "./store/reach.ts";
import { holding, postponements, sendings, settlements } from "./store/sending.ts";
import { ownership, pages, sessions } from "./store/sessions.ts";
import { versions } from "./store/versions.ts";

/** Holds the store that `open` gives, empty each time, against the contract. */
export function storeContract(name: string, open: () => Store): void {
  describe(name, () => {
    let store: Store;
    beforeEach(async () => {
      store = open();
      await store.commit([saved(alex), linked(alexAccount, alex), saved(sam), linked(samAccount, sam)]);
    });
    afterEach(() => store.close());
    const current = () => store;
    describe("people", () => people(current));
    describe("sessions", () => sessions(current));
    describe("whose sessions", () => ownership(current));
    describe("pages", () => pages(current));
    describe("commit", () => commits(current));
    describe("acts", () => acts(current));
    describe("questions", () => questions(current));
    describe("prompts", () => prompts(current));
    describe("active users", () => activeUsers(current));
    describe("what is due", () => dueness(current));
    describe("deliveries", () => deliveries(current));
    describe("what is due next", () => nextAt(current));
    describe("claims", () => claims(current));
    describe("lanes", () => lanes(current));
    describe("who holds a delivery", () => holding(current));
    describe("deliveries on their way", () => sendings(current));
    describe("deliveries that are put off", () => postponements(current));
    describe("ends", () => settlements(current));
    describe("reach", () => reach(current));
    describe("installations", () => installations(current));
    describe("notes", () => notes(current));
    describe("groups", () => groups(current));
    describe("members of groups", () => members(current));
    describe("what groups wait for", () => groupPrompts(current));
    describe("posts", () => posts(current));
    describe("forgetting", () => forgetting(current));
    describe("links", () => linking(current));
    describe("versions", () => versions(current));
    describe("batches", () => batches(current));
    describe("who says something", () => speakers(current));
    describe("what has had its time", () => purges(current));
  });
}
