/** The memory store keeps the law. */

import { createMemoryStore } from "#src/store/memory.ts";
import { storeContract } from "../contract/store.ts";

storeContract("the memory store", createMemoryStore);
