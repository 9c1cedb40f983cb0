import { readLocalClock } from "../../../src/db/sqlite/local-clock.ts";
import { print } from "./print.ts";

// A process of its own, because a process has one time zone.

print(JSON.stringify(readLocalClock(12)));
