import type { TokenScope } from "../../domain/accounts.ts";
import { TodoError } from "../../domain/errors.ts";
import type { Identity } from "./identity.ts";

/** The scopes that allow it, each by itself. Who may write may read. */
const ALLOWED_BY = {
  "tasks:read": ["tasks:read", "tasks:write"],
  "tasks:write": ["tasks:write"],
} as const satisfies Record<TokenScope, readonly TokenScope[]>;

/** Throws `insufficient_scope` if the token has scopes and none allows it. A token without scopes may do everything. */
export function requireScope({ scopes }: Identity, needed: TokenScope): void {
  if (scopes === null || ALLOWED_BY[needed].some((scope) => scopes.includes(scope))) return;
  throw new TodoError(
    "insufficient_scope",
    `the token's scope lacks ${needed}, which its issuer must name in scope, scp or permissions`,
    { hints: ["Get a token with that scope from your auth server."], missingScope: needed, refusal: "scope" },
  );
}
