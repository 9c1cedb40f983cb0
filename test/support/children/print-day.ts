import { readLocalDay } from "../../../src/db/sqlite/local-day.ts";
import { print } from "./print.ts";

// A process of its own, because a process has one time zone.

print(readLocalDay());
