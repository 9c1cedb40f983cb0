import type { OpenAccountApi } from "../../support/server/account-api.ts";
import { describeAnyAccountInput } from "./any-input-contract.ts";
import { describeAuthEvents } from "./auth-events-contract.ts";
import { describeGuesses } from "./guesses-contract.ts";
import { describeNames } from "./names-contract.ts";
import { describeRenewalModel } from "./renewal-model-contract.ts";
import { describeRevocation } from "./revocation-contract.ts";
import { describeSignUpModes } from "./sign-up-modes-contract.ts";
import { describeTwoAccounts } from "./two-accounts-contract.ts";
import { describeUserCodes } from "./user-codes-contract.ts";
import { describeChangePassword } from "../routes/auth/change-password-contract.ts";
import { describeDevice } from "../routes/auth/device-contract.ts";
import { describeLogIn } from "../routes/auth/log-in-contract.ts";
import { describeLogOut } from "../routes/auth/log-out-contract.ts";
import { describeRefreshSession } from "../routes/auth/refresh-session-contract.ts";
import { describeRegister } from "../routes/auth/register-contract.ts";
import { describeSessions } from "../routes/auth/sessions-contract.ts";
import { describeTokens } from "../routes/auth/tokens-contract.ts";
import { describeDeleteAccount } from "../routes/delete-account-contract.ts";
import { describeExportTasks } from "../routes/export-tasks-contract.ts";

const PARTS = [
  describeRegister,
  describeSignUpModes,
  describeLogIn,
  describeRefreshSession,
  describeLogOut,
  describeChangePassword,
  describeSessions,
  describeTokens,
  describeDevice,
  describeUserCodes,
  describeRevocation,
  describeDeleteAccount,
  describeTwoAccounts,
  describeNames,
  describeAuthEvents,
  describeGuesses,
];

/** What is true of accounts over HTTP, on every store. A slower one takes a share of the inputs. */
export function describeAccounts(openApi: OpenAccountApi, share = 1): void {
  for (const part of PARTS) part(openApi);
  describeAnyAccountInput(openApi, share);
  describeRenewalModel(openApi, share);
  describeExportTasks(openApi, share);
}
