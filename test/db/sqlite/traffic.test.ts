import { openSqliteEngine } from "../../support/stores/engines.ts";
import { describeTraffic } from "../traffic-contract.ts";

describeTraffic("out of SQLite", async () => openSqliteEngine());
