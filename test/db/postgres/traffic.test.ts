import { usePostgresEngines } from "../../support/stores/engines.ts";
import { describeTraffic } from "../traffic-contract.ts";

describeTraffic("out of PostgreSQL", usePostgresEngines());
