import { beforeEach, expect, test } from "bun:test";
import {
  ALONE,
  currentAccount,
  forgetAccount,
  keepAccount,
  keepSignedIn,
  keepSignOut,
  leaveAccount,
  listAccounts,
  listSignOuts,
} from "../../../src/web/app/session/accounts.ts";
import { useFakeStorage } from "./fake-storage.ts";

const ANN = { account: "acct_1", user: "user_1", email: "ann@example.com" };
const BOB = { account: "acct_2", user: "user_2", email: "bob@example.com" };

beforeEach(() => useFakeStorage());

test("the page opens with the account that was used last, and lists that one first", () => {
  for (const each of [ANN, BOB, ANN]) keepAccount(each);
  expect(currentAccount()).toEqual(ANN);
  expect(listAccounts()).toEqual([ANN, BOB]);
});

test("to add an account the page opens without one, and keeps the others", () => {
  keepAccount(ANN);
  leaveAccount();
  expect(currentAccount()).toBeUndefined();
  expect(listAccounts()).toEqual([ANN]);
});

test("an account that is signed out is forgotten, and another one is not", () => {
  for (const each of [ALONE, BOB, ANN]) keepAccount(each);
  forgetAccount(ANN);
  expect(currentAccount()).toBeUndefined();
  expect(localStorage.getItem("todo.accounts")).not.toMatch(/acct_1|ann@/);
  keepAccount(BOB);
  forgetAccount(ALONE);
  expect(currentAccount()).toEqual(BOB);
});

test("sessions of accounts that were left without a network are noted until they end", () => {
  for (const each of ["acct_1", "acct_2", "acct_1"]) keepSignOut(each);
  expect(listSignOuts()).toEqual(["acct_1", "acct_2"]);
  keepSignedIn("acct_1");
  keepSignedIn("acct_2");
  expect(listSignOuts()).toEqual([]);
});

test("what another program wrote there reads as no account", () => {
  localStorage.setItem("todo.accounts", '{"accounts":3}');
  expect(listAccounts()).toEqual([]);
});
