import { useApis } from "../../support/server/api.ts";
import { describeMoveTask } from "./move-task-contract.ts";

describeMoveTask(useApis());
