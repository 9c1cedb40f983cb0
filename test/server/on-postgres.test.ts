import { describe } from "bun:test";
import { useApis } from "../support/server/api.ts";
import { DRIVERS } from "../support/postgres/stores.ts";
import { usePostgresUsers } from "../support/postgres/users.ts";
import { describeAnyInput } from "./any-input-contract.ts";
import { describeChangeTasksInBulk } from "./routes/change-tasks-in-bulk-contract.ts";
import { describeCompleteTask } from "./routes/complete-task-contract.ts";
import { describeCreateTask } from "./routes/create-task-contract.ts";
import { describeDeleteTask } from "./routes/delete-task-contract.ts";
import { describeGetAgenda } from "./routes/get-agenda-contract.ts";
import { describeGetIdentity } from "./routes/get-identity-contract.ts";
import { describeGetTask } from "./routes/get-task-contract.ts";
import { describeFilteredTasks } from "./routes/filtered-tasks-contract.ts";
import { describeListTasks } from "./routes/list-tasks-contract.ts";
import { describeFilters } from "./routes/filters-contract.ts";
import { describeNotes } from "./routes/notes-contract.ts";
import { describeOccurrences } from "./routes/occurrences-contract.ts";
import { describeRecurrence } from "./routes/recurrence-contract.ts";
import { describeParseTask } from "./routes/parse-task-contract.ts";
import { describeMoveTask } from "./routes/move-task-contract.ts";
import { describeRestoreTask } from "./routes/restore-task-contract.ts";
import { describeUpdateTask } from "./routes/update-task-contract.ts";
import { describeTwoUsers } from "./two-users-contract.ts";

/** Each of them takes some milliseconds here. */
const PART_OF_INPUTS = 0.1;

describe.each(DRIVERS)("in PostgreSQL, through the driver %s:", (driver) => {
  const openApi = useApis(usePostgresUsers(driver));
  describeTwoUsers(openApi);
  describeAnyInput(openApi, PART_OF_INPUTS);
  describeFilteredTasks(openApi);
  describeListTasks(openApi);
  describeCreateTask(openApi);
  describeGetTask(openApi);
  describeUpdateTask(openApi);
  describeChangeTasksInBulk(openApi);
  describeCompleteTask(openApi);
  describeMoveTask(openApi);
  describeParseTask(openApi);
  describeDeleteTask(openApi);
  describeRestoreTask(openApi);
  describeNotes(openApi);
  describeFilters(openApi);
  describeGetAgenda(openApi);
  describeGetIdentity(openApi);
  describeRecurrence(openApi);
  describeOccurrences(openApi);
});
