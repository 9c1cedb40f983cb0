import { sql } from "drizzle-orm";
import type { RemoteTask } from "../../ports/store.ts";
import type { Engine } from "../engine.ts";
import type { TaskRow } from "../tasks/rows.ts";

/** All tasks of an owner with all their registers, by id. */
export async function readAll(engine: Engine, owner: string): Promise<RemoteTask[]> {
  const rows = await engine.read(
    owner,
    sql<Pick<TaskRow, "id" | "registers">>`select id, registers from tasks where user_id = ${owner} order by id`,
  );
  return rows.map(({ id, registers }) => ({ id, registers: engine.dialect.decode(registers) }));
}
