import type { MethodName, Methods } from "../protocol.ts";
import type { Account } from "./account.ts";

/** All methods but the one that opens the account. */
export type AccountMethodName = Exclude<MethodName, "open">;

/** What each method does with an open account. */
export type AccountMethods = {
  readonly [Name in AccountMethodName]: (
    account: Account,
    takes: Methods[Name]["takes"],
  ) => Promise<Methods[Name]["gives"]>;
};
