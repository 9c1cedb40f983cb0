import { sql } from "drizzle-orm";
import { PROFILE } from "../../domain/profile.ts";
import { type Clock, CLOCK_LENGTH, firstTick, formatClock, TICK_DIGITS, tickOf } from "../../domain/task/clock.ts";
import type { Registers } from "../../domain/task/registers.ts";
import type { Engine, Step } from "../engine.ts";
import { put, REDATING } from "./replica-state.ts";
import { ALL, IS_UNSENT_WHOLE } from "./statements.ts";

/** Sorts behind every clock. */
const BESIDE = "~";

/** A task that was refused is sent as a whole. */
type UnsentRow = {
  readonly id: string;
  readonly fields: string;
  readonly registers: string;
  readonly refused: number;
};

/** An unsent task with registers behind a time. */
type Ahead = {
  readonly id: string;
  readonly registers: Registers;
  readonly stored: string;
  readonly fields: readonly string[];
};

/** Answers the clock that takes the place of one. */
type Move = (clock: Clock) => Clock;

/**
 * Gives unsent registers behind a time (Unix milliseconds) clocks from there on, and their entries in the log too. What had one
 * clock keeps one, and the order stays. A task that is edited after it was read here stays as it is.
 */
export async function redateUnsent(engine: Engine, owner: string, time: number): Promise<void> {
  const steps = await planRedating(engine, owner, time);
  if (steps.length > 0) await engine.atomically(owner, [...steps, put(REDATING, crypto.randomUUID())]);
}

async function planRedating(engine: Engine, owner: string, time: number): Promise<Step[]> {
  const now = firstTick(time);
  const tasks = await findAhead(engine, owner, now);
  const profile = await findProfileAhead(engine, owner, now);
  const ahead = [...tasks, ...profile];
  if (ahead.length === 0) return [];
  const logged = await engine.read(
    owner,
    sql<{ clock: Clock }>`
      select distinct clock from history where user_id = ${owner} and clock > ${formatClock(now, "00000000")}`,
  );
  const logClocks = logged.map(({ clock }) => clock);
  const clocks = [...logClocks, ...ahead.flatMap(listClocks)];
  const move = planMove(clocks, now);
  return [
    moveTasks(owner, tasks, move),
    ...profile.map((each) => moveProfile(owner, each, move)),
    moveOutbox(ahead, move),
    ...moveLog(
      owner,
      logClocks.map((clock) => [clock, move(clock)]),
    ),
    await moveUser(engine, owner, { ahead, clocks: clocks.map(move) }),
  ];
}

async function findAhead(engine: Engine, owner: string, now: bigint): Promise<Ahead[]> {
  const rows = await engine.read(
    owner,
    sql<UnsentRow>`
    select t.id, t.registers,
      json_group_array(json_array(o.field, o.clock)) filter (where o.field <> ${ALL} or ${IS_UNSENT_WHOLE}) as fields,
      exists (select 1 from parked where id = t.id) as refused
    from outbox o cross join tasks t on t.user_id = ${owner} and t.id = o.id group by t.id`,
  );
  const tasks = rows.map(({ id, fields, registers: stored, refused }) => {
    const clocks = new Map<string, Clock>(JSON.parse(fields));
    const isWhole = clocks.has(ALL) || refused === 1;
    const registers: Registers = JSON.parse(stored);
    // A value that has come from the server since has another clock than the edit that it took the place of.
    const isUnsent = (field: string, register: string) => register.slice(0, CLOCK_LENGTH) === clocks.get(field);
    const ahead = Object.entries(registers).filter(
      ([field, register]) => (isWhole || isUnsent(field, register)) && tickOf(register) > now,
    );
    return { id, stored, registers, fields: ahead.map(([field]) => field) };
  });
  return tasks.filter(({ fields }) => fields.length > 0);
}

/** The profile as such a task, if some of it is unsent and behind that time. */
async function findProfileAhead(engine: Engine, owner: string, now: bigint): Promise<Ahead[]> {
  const rows = await engine.read(
    owner,
    sql<{ stored: string; fields: string }>`
    select registers as stored, (select json_group_array(field) from outbox where id = ${PROFILE}) as fields
    from users where id = ${owner}`,
  );
  const profiles = rows.map(({ stored, fields }) => {
    const registers: Registers = JSON.parse(stored);
    const unsent: string[] = JSON.parse(fields);
    return { id: PROFILE, stored, registers, fields: unsent.filter((field) => tickOf(registers[field] ?? "0") > now) };
  });
  return profiles.filter(({ fields }) => fields.length > 0);
}

function listClocks({ registers, fields }: Ahead): Clock[] {
  return fields.map((field) => (registers[field] ?? "").slice(0, CLOCK_LENGTH));
}

/** One tick after another from now on, in the order of those that they take the place of. */
function planMove(clocks: readonly Clock[], now: bigint): Move {
  const ticks = [...new Set(clocks.map((clock) => clock.slice(0, TICK_DIGITS)))].toSorted();
  const places = new Map(ticks.map((tick, place) => [tick, now + BigInt(place) + 1n]));
  return (clock) => formatClock(places.get(clock.slice(0, TICK_DIGITS)) ?? tickOf(clock), clock.slice(TICK_DIGITS));
}

/** Tasks and entries are found by the keys of what moves: in a plain join SQLite reads all of the user's for each that does. */
function moveTasks(owner: string, tasks: readonly Ahead[], move: Move): Step {
  const moved = tasks.map((task) => [task.id, task.stored, writeMoved(task, move)]);
  return {
    query: sql`
      with moved as materialized (
        select t.rowid as place, m.value ->> 2 as registers from json_each(${JSON.stringify(moved)}) m
          cross join tasks t on t.user_id = ${owner} and t.id = m.value ->> 0 and t.registers = m.value ->> 1)
      update tasks set registers = moved.registers from moved where tasks.rowid = moved.place`,
  };
}

function moveProfile(owner: string, profile: Ahead, move: Move): Step {
  return {
    query: sql`
      update users set registers = ${writeMoved(profile, move)} where id = ${owner} and registers = ${profile.stored}`,
  };
}

function writeMoved({ registers, fields }: Ahead, move: Move): string {
  const moved = fields.map((field): [string, string] => {
    const register = registers[field] ?? "";
    return [field, move(register.slice(0, CLOCK_LENGTH)) + register.slice(CLOCK_LENGTH)];
  });
  return JSON.stringify({ ...registers, ...Object.fromEntries(moved) });
}

function moveOutbox(tasks: readonly Ahead[], move: Move): Step {
  const moved = tasks.flatMap((task) =>
    listClocks(task).map((clock, at) => [task.id, task.fields[at], clock, move(clock)]),
  );
  return {
    query: sql`
      update outbox set clock = moved.value ->> 3 from json_each(${JSON.stringify(moved)}) moved
      where outbox.id = moved.value ->> 0 and outbox.field = moved.value ->> 1 and outbox.clock = moved.value ->> 2`,
  };
}

/** Or a later change could get the clock of an entry that is there. By way of clocks that nothing else has. */
function moveLog(owner: string, clocks: readonly (readonly [from: Clock, to: Clock])[]): Step[] {
  const moved = JSON.stringify(clocks);
  const move = (column: string, before: string) => sql`
    with moved as materialized (
      select h.rowid as place, m.value ->> 1 as clock from json_each(${moved}) m
        cross join history h on h.user_id = ${owner} and h.${sql.raw(column)} = m.value ->> 0)
    update history set ${sql.raw(column)} = ${before} || moved.clock from moved where history.rowid = moved.place`;
  return [
    { query: move("undoes", "") },
    { query: move("clock", BESIDE) },
    { query: sql`update history set clock = substr(clock, 2) where user_id = ${owner} and clock > ${BESIDE}` },
  ];
}

/** The user's clock must fall behind neither what moves (`clocks`) nor what stays, nor an edit that is made meanwhile. */
async function moveUser(
  engine: Engine,
  owner: string,
  { ahead, clocks }: { readonly ahead: readonly Ahead[]; readonly clocks: readonly Clock[] },
): Promise<Step> {
  const moved = JSON.stringify(ahead.flatMap(({ id, fields }) => fields.map((field) => [id, field])));
  const [row] = await engine.read(
    owner,
    sql<{ latest: string | null; clock: string }>`
    select max(substr(r.value, 1, ${TICK_DIGITS})) as latest, (select cast(clock as text) from users where id = ${owner}) as clock
    from (
      select id, registers from tasks where user_id = ${owner} union all select ${PROFILE}, registers from users where id = ${owner}) t,
      json_each(t.registers) r
    where (t.id, r.key) not in (select value ->> 0, value ->> 1 from json_each(${moved}))`,
  );
  const ticks = [row?.latest ?? "0", ...clocks].map(tickOf);
  const latest = ticks.reduce((one, other) => (one > other ? one : other));
  return {
    query: sql`
      update users set clock = cast(${String(latest)} as bigint)
      where id = ${owner} and cast(clock as text) = ${row?.clock ?? ""}`,
  };
}
