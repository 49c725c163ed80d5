import { expectYear } from "./expect-year.ts";
import { halfOfTheYear } from "./year.ts";

expectYear(halfOfTheYear(1));
