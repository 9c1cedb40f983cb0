import { usePostgresEngines } from "../../support/stores/engines.ts";
import { describeRemoval } from "../removal-contract.ts";

describeRemoval("on PostgreSQL", usePostgresEngines());
