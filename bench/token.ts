import { signToken } from "../src/services/tokens/sign.ts";
import { trustSecrets } from "../test/support/server/token-settings.ts";

const DAY_S = 86_400;

/** A token of a user that a server with this secret takes for a day. */
export function issueToken(user: string, secret: string): Promise<string> {
  return signToken(trustSecrets(secret), { user, lifetimeS: DAY_S }, Date.now());
}
