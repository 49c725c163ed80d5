/** The law of the `Store` port. Every store keeps it; what one of them does besides is tested beside it. */

import type { Store } from "#src/ports.ts";
import { afterEach, beforeEach, describe } from "vitest";
import { acts, questions } from "./store/acts.ts";
import { commits } from "./store/commits.ts";
import { alex, alexAccount, linked, sam, samAccount, saved } from "./store/given.ts";
import { people } from "./store/people.ts";
import { ownership, pages, sessions } from "./store/sessions.ts";

/** Holds the store that `open` gives, empty each time, against the law. */
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
  });
}
