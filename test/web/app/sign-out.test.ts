import { afterEach, beforeEach, expect, type Mock, spyOn, test } from "bun:test";
import { keepSignOut, listSignOuts } from "../../../src/web/app/session/accounts.ts";
import { finishSignOuts } from "../../../src/web/app/session/sign-out.ts";
import { useFakeStorage } from "./fake-storage.ts";

let request: Mock<typeof fetch>;

beforeEach(() => {
  request = spyOn(globalThis, "fetch");
  useFakeStorage();
  Object.defineProperty(globalThis, "document", { configurable: true, value: { baseURI: "https://todo.example/" } });
  for (const account of ["acct_1", "acct_2"]) keepSignOut(account);
});

afterEach(() => {
  request.mockRestore();
  Reflect.deleteProperty(globalThis, "document");
});

test("sessions that were left without a network end when it is back", async () => {
  request.mockImplementation(async () => new Response(null, { status: 204 }));
  await finishSignOuts();
  expect(request.mock.calls.map(([url, init]) => [String(url), init?.body])).toEqual([
    ["https://todo.example/api/web/logout", '{"account":"acct_1"}'],
    ["https://todo.example/api/web/logout", '{"account":"acct_2"}'],
  ]);
  expect(listSignOuts()).toEqual([]);
});

test("as long as there is no network they stay noted", async () => {
  request.mockImplementation(() => Promise.reject(new TypeError("there is no network")));
  await finishSignOuts();
  expect(listSignOuts()).toEqual(["acct_1", "acct_2"]);
});

test("as long as somebody else answers in the place of the server they stay noted", async () => {
  request.mockImplementation(async () => new Response("<!doctype html><title>Sign in to the Wi-Fi</title>"));
  await finishSignOuts();
  expect(listSignOuts()).toEqual(["acct_1", "acct_2"]);
});

test("a session that the server does not know any more is not asked for again", async () => {
  request.mockImplementation(async () => Response.json({ code: "unauthorized" }, { status: 401 }));
  await finishSignOuts();
  expect(listSignOuts()).toEqual([]);
});
