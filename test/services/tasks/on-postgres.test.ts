import { describe } from "bun:test";
import { DRIVERS } from "../../support/postgres/stores.ts";
import { usePostgresUsers } from "../../support/postgres/users.ts";
import { describeHistory } from "./history-contract.ts";
import { describeFindMatches } from "./bulk/find-matches-contract.ts";
import { describeChangeTasks } from "./change-tasks-contract.ts";
import { describeRefs } from "./find-tasks-contract.ts";
import { describeListTasks } from "./list-tasks-contract.ts";
import { describeTransfer } from "./import-tasks-contract.ts";
import { describeNextTasks } from "./next-tasks-contract.ts";
import { describeReadFilter } from "./read-filter-contract.ts";
import { describeStartTasks } from "./start-tasks-contract.ts";
import { describeSeries } from "./series/series-contract.ts";
import { describeTree } from "./tree/tree-contract.ts";

describe.each(DRIVERS)("in PostgreSQL, through the driver %s:", (driver) => {
  const openStore = usePostgresUsers(driver);
  describeListTasks(openStore);
  describeChangeTasks(openStore);
  describeRefs(openStore);
  describeFindMatches(openStore);
  describeReadFilter(openStore);
  describeHistory(openStore);
  describeTransfer(openStore);
  describeStartTasks(openStore);
  describeNextTasks(openStore);
  describeTree(openStore);
  describeSeries(openStore);
});
