import { isUnauthorized } from "../../../domain/errors.ts";
import { keepSignedIn, listSignOuts } from "./accounts.ts";
import { signOut } from "./web-api.ts";

/** Ends the sessions of accounts that were left without a network. Whoever opens the page next must not have them. */
export async function finishSignOuts(): Promise<void> {
  for (const account of listSignOuts()) {
    try {
      await signOut(account);
    } catch (error) {
      // The server may have forgotten the session by itself.
      if (!isUnauthorized(error)) continue;
    }
    keepSignedIn(account);
  }
}
