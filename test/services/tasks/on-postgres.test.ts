import { describe } from "bun:test";
import { DRIVERS } from "../../support/postgres/stores.ts";
import { usePostgresUsers } from "../../support/postgres/users.ts";
import { describeHistory } from "./history-contract.ts";
import { describeOneTask } from "./one-task-contract.ts";
import { describeRefs } from "./refs-contract.ts";
import { describeTasks } from "./tasks-contract.ts";
import { describeTransfer } from "./transfer-contract.ts";

describe.each(DRIVERS)("in PostgreSQL, through the driver %s:", (driver) => {
  const openStore = usePostgresUsers(driver);
  describeTasks(openStore);
  describeOneTask(openStore);
  describeRefs(openStore);
  describeHistory(openStore);
  describeTransfer(openStore);
});
