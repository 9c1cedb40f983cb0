import { type SQL, sql } from "drizzle-orm";
import { hasCode, TodoError } from "../../domain/errors.ts";
import type { Account, Admission, Invite, ListedInvite } from "../../ports/accounts.ts";
import { type Engine, NOBODY, type Step, step } from "../engine.ts";
import { FIRST, planFirst } from "./first.ts";
import { compileSignUp } from "./sign-up.statements.ts" with { type: "macro" };

const STATEMENTS = compileSignUp();

export async function createAccount(engine: Engine, account: Account, admission: Admission): Promise<void> {
  try {
    await engine.atomically(NOBODY, planAccount(account, admission), { repeatable: true });
  } catch (error) {
    if (!hasCode(error, "conflict")) throw error;
    // Who is not admitted learns nothing of who is here.
    if (!(await isAdmitted(engine, admission, account.createdAt))) throw notAdmitted();
    throw error;
  }
}

export async function createInvite(engine: Engine, invite: Invite): Promise<void> {
  const steps = [step(STATEMENTS.deleteOver, { now: invite.createdAt }), step(STATEMENTS.createInvite, invite)];
  await engine.atomically(NOBODY, steps, { repeatable: true });
}

export function listInvites(engine: Engine): Promise<ListedInvite[]> {
  return engine.read(NOBODY, STATEMENTS.list, {});
}

export async function removeInvite(engine: Engine, hash: string): Promise<boolean> {
  return (await engine.atomically(NOBODY, [step(STATEMENTS.remove, { hash })])).length > 0;
}

/** Uses up the admission, makes the account, and undoes both if it is not there then. Repeated, it finds its own account. */
function planAccount({ id, email, passwordHash, createdAt }: Account, admission: Admission): Step[] {
  const first = admission.kind === "first" ? "first" : null;
  const steps: Step[] = [
    {
      query: sql`
        insert into accounts (id, email, password_hash, created_at, first)
        select ${id}, ${email}, ${passwordHash}, cast(${createdAt} as bigint), ${first}
        where ${admits(admission, id)} on conflict do nothing`,
    },
    {
      query: sql`select 1 as missing where not exists (select 1 from accounts where id = ${id})`,
      refuse: () => new TodoError("conflict", "there is an account with this e-mail address"),
    },
  ];
  if (admission.kind === "open") return steps;
  if (admission.kind === "first") return [planFirst({ id, createdAt }), ...steps];
  const { hash } = admission;
  return [step(STATEMENTS.useInvite, { hash, account: id, now: createdAt }), ...steps];
}

function admits(admission: Admission, id: string): SQL {
  if (admission.kind === "open") return sql`true`;
  const hash = admission.kind === "first" ? FIRST : admission.hash;
  return sql`exists (select 1 from invites where hash = ${hash} and account_id = ${id})`;
}

async function isAdmitted(engine: Engine, admission: Admission, now: number): Promise<boolean> {
  if (admission.kind === "open") return true;
  if (admission.kind === "first") return false;
  const { hash } = admission;
  return (await engine.read(NOBODY, STATEMENTS.findInvite, { hash, now })).length > 0;
}

function notAdmitted(): TodoError {
  const message = "nobody can sign up here without an invitation that is good";
  return new TodoError("forbidden", message, { issues: [{ path: "invite", message }] });
}
