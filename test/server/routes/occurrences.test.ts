import { useApis } from "../../support/server/api.ts";
import { describeOccurrences } from "./occurrences-contract.ts";

describeOccurrences(useApis());
