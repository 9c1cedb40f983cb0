import { TodoError } from "../../domain/errors.ts";
import type { Identity } from "./identity.ts";

const WRITE_SCOPE = "tasks:write";

/** Throws `insufficient_scope` if the token's scopes don't allow writing. A token without scopes may do everything. */
export function requireScope({ scopes }: Identity): void {
  if (scopes === null || scopes.includes(WRITE_SCOPE)) return;
  throw new TodoError("insufficient_scope", `the token's scope lacks ${WRITE_SCOPE}`, {
    hints: ["Get a token that may write from your auth server."],
  });
}
