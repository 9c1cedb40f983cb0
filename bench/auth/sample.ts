import { writeFileSync } from "node:fs";
import type { AccountStore } from "../../src/ports/accounts.ts";
import { draftFields } from "../../src/domain/task/fields.ts";
import type { Store } from "../../src/ports/store.ts";
import { createAccessTokens } from "../../src/services/accounts/access-tokens.ts";
import { createPasswords } from "../../src/services/accounts/passwords.ts";
import { createRefreshTokens } from "../../src/services/accounts/refresh-tokens.ts";
import { createPersonalToken } from "../../src/services/accounts/personal-tokens.ts";
import { logIn } from "../../src/services/accounts/sign-in.ts";
import { issueToken } from "../token.ts";
import { makeSample } from "../sample.ts";

const PEOPLE = 100;
const TASKS_EACH = 100;
export const PASSWORD = "a few words that are long";

/** By what a request is let in: a token of another issuer, which needs no look at the database, and the two of accounts. */
export const PROOFS = ["JWT of another issuer", "access token", "personal token"] as const;
export type Proof = (typeof PROOFS)[number];

export type AuthSample = {
  /** A file of requests for one task each, for each kind of token. */
  readonly requests: Readonly<Record<Proof, string>>;
  readonly emails: readonly string[];
  readonly refreshTokens: readonly string[];
  /** One request for a task, and its token. */
  readonly one: { readonly path: string; readonly token: string };
};

type Place = { readonly store: Store; readonly accounts: AccountStore };

/** Makes 100 accounts and 100 users of another issuer with 100 tasks each, and the requests for them in a folder. */
export async function makeAuthSample(folder: string, { store, accounts }: Place, secret: string): Promise<AuthSample> {
  const passwords = createPasswords();
  const system = { now: () => Date.now(), newId: () => Bun.randomUUIDv7() };
  const secrets = [secret];
  const signing = { tokens: createAccessTokens(secrets), refreshTokens: createRefreshTokens(secrets) };
  const settings = { signup: "open" as const, quotas: { tasks: 0, bytes: 0, devices: 0, tokens: 0 } };
  const deps = { accounts, passwords, system, ...signing, ...settings, record: () => undefined };
  const passwordHash = await passwords.hash(PASSWORD);
  const lines: Record<Proof, string[]> = { "JWT of another issuer": [], "access token": [], "personal token": [] };
  const [emails, refreshTokens]: [string[], string[]] = [[], []];
  for (let at = 0; at < PEOPLE; at += 1) {
    const email = `user-${at}@example.com`;
    const account = { id: `acct_${Bun.randomUUIDv7()}`, email, passwordHash, createdAt: Date.now(), disabledAt: null };
    await accounts.createAccount(account, { kind: "open" });
    const { accessToken, refreshToken } = await logIn(deps, { email, password: PASSWORD, device: "bench" });
    const order = { password: PASSWORD, name: "bench", scopes: ["tasks:read"], days: 1 } as const;
    const { text } = await createPersonalToken(deps, account.id, order);
    emails.push(email);
    refreshTokens.push(refreshToken);
    const issued = await issueToken(`user-${at}`, secret);
    for (const id of await fill(store, `user-${at}`)) lines["JWT of another issuer"].push(describe(id, issued));
    for (const id of await fill(store, account.id)) {
      lines["access token"].push(describe(id, accessToken));
      lines["personal token"].push(describe(id, text));
    }
  }
  const [, path = "", token = ""] = lines["JWT of another issuer"][0]?.split("\t") ?? [];
  const requests = {
    "JWT of another issuer": write(`${folder}/issued.requests`, lines["JWT of another issuer"]),
    "access token": write(`${folder}/access.requests`, lines["access token"]),
    "personal token": write(`${folder}/personal.requests`, lines["personal token"]),
  };
  return { requests, emails, refreshTokens, one: { path, token } };
}

async function fill(store: Store, user: string): Promise<string[]> {
  const now = Date.now();
  const edits = makeSample(TASKS_EACH).map(({ due_date: dueDate, ...draft }) => ({
    id: Bun.randomUUIDv7(),
    fields: draftFields({ ...draft, dueDate }, new Date(now).toISOString()),
  }));
  await store.commit(user, { action: "import", now, edits, returning: false });
  return edits.map(({ id }) => id);
}

function describe(id: string, token: string): string {
  return `GET\t/api/tasks/${id}\t${token}\t\t`;
}

/** Neighbours are of different people: 101 has no divisor in common with the number of tasks. */
function write(path: string, lines: readonly string[]): string {
  const mixed = lines.map((_, at) => lines[(at * 101) % lines.length]);
  writeFileSync(path, `${mixed.join("\n")}\n`);
  return path;
}
