import { useApis } from "../../support/server/api.ts";
import { describeGetAgenda } from "./get-agenda-contract.ts";

describeGetAgenda(useApis());
