import type { AccountStore } from "../../ports/accounts.ts";
import type { Engine } from "../engine.ts";
import { createApiTokens } from "./api-tokens.ts";
import { createDeviceCodes } from "./device-codes.ts";
import { createPeople } from "./accounts.ts";
import { createSessions } from "./sessions.ts";

/** The one implementation of the port of accounts, over whichever engine. */
export function createAccountStore(engine: Engine): AccountStore {
  return {
    ...createPeople(engine),
    ...createSessions(engine),
    ...createApiTokens(engine),
    ...createDeviceCodes(engine),
  };
}
