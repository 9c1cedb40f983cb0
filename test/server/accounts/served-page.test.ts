import { expect, test } from "bun:test";
import type { ServeOptions } from "../../../src/server/serve.ts";
import { TOKENS } from "../../support/server/api.ts";
import { EMAIL, PASSWORD } from "../../support/server/account-api.ts";
import { OWN } from "../../support/server/page.ts";
import { useStartedServers } from "../../support/server/started-servers.ts";

const start = useStartedServers();

/** A server over the network. The routes of the page need none of its files. */
function startWithPage(env: Readonly<Record<string, string>>) {
  const { url } = start({ env: { TODO_SIGNUP: "open", ...env }, listWebFiles: () => ({}) });
  return (path: string, json: unknown, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${url}/api/web/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...OWN, ...headers },
      body: JSON.stringify(json),
    });
}

function readCookie({ headers }: Response): { readonly cookie: string; readonly name: string; readonly rest: string } {
  const header = headers.get("set-cookie") ?? "";
  const [cookie = ""] = header.split(";");
  return { cookie, name: cookie.split("=")[0] ?? "", rest: header.slice(cookie.length) };
}

test.each([
  ["on this machine", {}, {}, /^todo-session-[\da-f]{12}$/, "; Path=/; HttpOnly; SameSite=Strict; Max-Age=5184000"],
  [
    "behind a proxy with TLS, to which the server belongs",
    { TODO_TRUSTED_PROXIES: "loopback" },
    { "x-forwarded-proto": "https", host: "todo.localhost" },
    /^__Host-todo-session-[\da-f]{12}$/,
    "; Path=/; HttpOnly; SameSite=Strict; Max-Age=5184000; Secure",
  ],
  [
    "at a public address",
    { TODO_PUBLIC_URL: "https://todo.example.com" },
    { host: "todo.example.com" },
    /^__Host-todo-session-[\da-f]{12}$/,
    "; Path=/; HttpOnly; SameSite=Strict; Max-Age=5184000; Secure",
  ],
] as const)("%s a browser is signed in, renewed and signed out by its cookie", async (_, env, headers, named, rest) => {
  const post = startWithPage(env);
  const made = await post("register", { email: EMAIL, password: PASSWORD }, headers);
  const grant: ReturnType<typeof JSON.parse> = await made.json();
  const first = readCookie(made);
  expect([made.status, first.name, first.rest]).toEqual([201, expect.stringMatching(named), rest]);
  const json = { account: grant.account };
  // Two tabs at once.
  const both = await Promise.all([1, 2].map(() => post("refresh", json, { ...headers, cookie: first.cookie })));
  const [second, same] = both.map(readCookie);
  expect([both.map(({ status }) => status), second?.cookie === first.cookie]).toEqual([[200, 200], false]);
  expect(same).toEqual(second ?? first);
  const cookie = second?.cookie ?? "";
  expect((await post("refresh", json, { ...headers, cookie, "sec-fetch-site": "cross-site" })).status).toBe(403);
  const ended = await post("logout", json, { ...headers, cookie });
  expect([ended.status, readCookie(ended).cookie]).toEqual([204, `${first.name}=`]);
  expect((await post("refresh", json, { ...headers, cookie })).status).toBe(401);
});

test.each<[string, boolean, Partial<ServeOptions>]>([
  ["of one's own file on this machine", true, {}],
  ["of a database on a server", false, { isOwned: false }],
  ["that others reach", false, { host: "0.0.0.0" }],
  ["that others reach by a proxy", false, { env: { TODO_PUBLIC_URL: "https://todo.example.com" } }],
  ["without a secret", false, { tokens: { ...TOKENS, secrets: [] } }],
])("a server %s signs its owner in: %p", async (_, expected, options) => {
  const { port } = start({ isOwned: true, listWebFiles: () => ({}), ...options });
  const settings: ReturnType<typeof JSON.parse> = await (
    await fetch(`http://127.0.0.1:${port}/app/config.json`)
  ).json();
  expect(settings.owner).toBe(expected);
});
