/** The memory store keeps the contract. */

import { createMemoryStore } from "../support/model-store/store.ts";
import { storeContract } from "../contracts/store.ts";

storeContract("the memory store", createMemoryStore);
