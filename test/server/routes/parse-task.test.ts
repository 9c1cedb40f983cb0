import { useApis } from "../../support/server/api.ts";
import { describeParseTask } from "./parse-task-contract.ts";

describeParseTask(useApis());
