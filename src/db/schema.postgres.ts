import { kit } from "./kit.postgres.ts";
import { defineTables } from "./tables.ts";

export const { users, tasks, history } = defineTables(kit);
