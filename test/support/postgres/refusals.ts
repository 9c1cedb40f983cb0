import { SQL } from "bun";

/** When PostgreSQL refuses: while it reads tasks, while it writes one, or when that is committed. */
export type Moment = "read" | "write" | "commit";

export type Refusal = {
  /** The SQLSTATE of the error. */
  readonly state: string;
  readonly at: Moment;
  /** How often, until it does what it is asked for. */
  readonly times: number;
};

/** A database that refuses what a test says, with words that hold a statement and a value. */
export type Refusing = {
  readonly refuse: (refusal: Refusal) => Promise<void>;
  /** Has it refuse nothing more. */
  readonly allow: () => Promise<void>;
  /** How often it was asked since `refuse` for what it was to refuse. */
  readonly attempts: () => Promise<number>;
  readonly close: () => Promise<void>;
};

/** What the server's errors say and nobody is to read. */
export const TOLD = "t0ld-by-the-server";

/** Only numbers of a sequence outlive the transaction that drew them. Reads ask once for each row, writes for each task. */
const INSTALL = [
  "create sequence asked",
  "create table refusal (state text, at text, times bigint)",
  `create function refuse(moment text) returns boolean language plpgsql security definer as $$
    declare wanted refusal;
    begin
      select * into wanted from refusal where at = moment;
      if wanted.state is not null and nextval('asked') <= wanted.times then
        raise exception 'could not insert into tasks values (${TOLD})' using errcode = wanted.state,
          detail = 'select ${TOLD}', hint = 'update tasks set title = ${TOLD}';
      end if;
      return true;
    end $$`,
  `create function refuse_row() returns trigger language plpgsql as $$
    begin perform refuse(tg_argv[0]); return new; end $$`,
  "create policy refuse on tasks as restrictive for select using (refuse('read'))",
  "create trigger refuse before insert on tasks for each row execute function refuse_row('write')",
  `create constraint trigger refuse_commit after insert or update on tasks deferrable initially deferred
    for each row execute function refuse_row('commit')`,
];

/** Prepares a database of the tests, as its superuser. */
export async function installRefusals(url: string): Promise<Refusing> {
  const sql = new SQL(url, { max: 1 });
  for (const statement of INSTALL) await sql.unsafe(statement);
  return {
    refuse: async ({ state, at, times }) => {
      await sql.unsafe(`truncate refusal; insert into refusal values ('${state}', '${at}', ${times})`);
      await sql`select setval('asked', 1, false)`;
    },
    allow: async () => void (await sql`truncate refusal`),
    attempts: async () => {
      const query = "select case when is_called then last_value else 0 end from asked";
      const rows = await sql.unsafe<[string][]>(query).values();
      return Number(rows[0]?.[0]);
    },
    close: () => sql.close(),
  };
}
