import { useApis } from "../../support/server/api.ts";
import { describeNotes } from "./notes-contract.ts";

describeNotes(useApis());
