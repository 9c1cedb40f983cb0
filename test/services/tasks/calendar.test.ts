import { openInMemory } from "../../support/server/api.ts";
import { describeCalendar } from "./calendar-contract.ts";

describeCalendar(openInMemory);
