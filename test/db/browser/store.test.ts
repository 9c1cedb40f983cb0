import { createTestBrowser } from "../../support/browser/databases.ts";
import { describeStore } from "../store-contract.ts";

describeStore("a store in a browser", () => createTestBrowser().open());
