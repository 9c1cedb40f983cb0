import { openBrowserEngine } from "../../support/browser/databases.ts";
import { describeRemoval } from "../removal-contract.ts";

describeRemoval("in a browser", () => openBrowserEngine());
