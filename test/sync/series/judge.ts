import { recordIdOf } from "../../../src/domain/recurrence/record-id.ts";
import { settleSeries } from "../../../src/domain/recurrence/settle.ts";
import { compareBytes, readValue, readValues, type Registers } from "../../../src/domain/task/registers.ts";
import { effectiveParents } from "../../../src/domain/tree/effective-parents.ts";
import type { RemoteTask } from "../../../src/ports/store.ts";
import { isDeleted, readTasks } from "../compare.ts";
import { type Node, OWNER } from "../node.ts";
import { PARTS, SERIES, type SeriesWorld } from "./acts.ts";

type Known = ReadonlyMap<string, Registers>;

/** What is wrong with what all have in the end. */
export async function judge(world: SeriesWorld): Promise<string[]> {
  const problems: string[] = [];
  for (const user of new Set(world.nodes.map((node) => node.user))) {
    const served = index(await readTasks(world.backing.sync(), user));
    const nodes = world.nodes.filter((node) => node.user === user);
    for (const node of nodes) problems.push(...(await findDifferences(node, served)), ...(await findUnsent(node)));
    problems.push(...findDoubled(served), ...findUnsettled(served), ...findRings(served));
    // With clocks that were mended on the way nobody can say which edit was the last.
    if (!world.isWild) problems.push(...findLost(world, user, served), ...findUndone(world, user, served));
    problems.push(...(await compareProfiles(world, user, nodes)));
  }
  return problems;
}

function index(tasks: readonly RemoteTask[]): Known {
  return new Map(tasks.map(({ id, registers }) => [id, registers]));
}

async function findDifferences({ name, opened }: Node, served: Known): Promise<string[]> {
  const found = index(await readTasks(opened.sync, OWNER));
  const ids = [...new Set([...found.keys(), ...served.keys()])];
  return ids
    .filter((id) => !Bun.deepEquals(found.get(id), served.get(id)))
    .map((id) => `${name} has ${JSON.stringify(found.get(id))} of ${id}, the server ${JSON.stringify(served.get(id))}`);
}

async function findUnsent({ name, openReplica }: Node): Promise<string[]> {
  const { unsent, rejected } = await openReplica().backlog();
  return unsent === 0 && rejected.length === 0 ? [] : [`${name} has ${unsent} unsent, ${JSON.stringify(rejected)}`];
}

/** Live tasks beyond the first that stand for one occurrence. */
function findDoubled(served: Known): string[] {
  const live = [...served.values()].filter((registers) => registers["series"] !== undefined && !isDeleted(registers));
  const names = live.map(({ series = "", occurrence = "" }) => `${readValue(series)} ${readValue(occurrence)}`);
  return names.filter((name, at) => names.indexOf(name) !== at).map((name) => `the occurrence ${name} is there twice`);
}

function findUnsettled(served: Known): string[] {
  const parts = PARTS.filter((id) => !isDeleted(served.get(id) ?? {}));
  const unsettled = SERIES.filter((id) => settleSeries((each) => served.get(each), id, parts).size > 0);
  return unsettled.map((id) => `the series ${id} is not settled`);
}

function findRings(served: Known): string[] {
  const nodes = [...served].map(([id, registers]) => {
    const parent = readValue(registers["parent"]);
    return {
      id,
      parent: typeof parent === "string" ? parent : null,
      parentRegister: registers["parent"] ?? "",
      isDeleted: isDeleted(registers),
    };
  });
  const { parents } = effectiveParents(nodes);
  const depthOf = (id: string, steps = 0): number => {
    const above = parents.get(id) ?? null;
    return above === null || steps > nodes.length ? steps : depthOf(above, steps + 1);
  };
  return nodes.filter(({ id }) => depthOf(id) > nodes.length).map(({ id }) => `${id} is in a ring`);
}

/** Every value that was written is there, or a later one. */
function findLost({ facts }: SeriesWorld, user: string, served: Known): string[] {
  return [...facts.largest].flatMap(([key, register]) => {
    const [of, id = "", ...field] = key.split(" ");
    const found = served.get(id)?.[field.join(" ")] ?? "";
    if (of !== user || id === "profile" || compareBytes(found, register) >= 0) return [];
    return [`${register} of ${key} is lost: ${found}`];
  });
}

/** Every occurrence that was done has its record, and is not the present one of a series that is open. */
function findUndone({ facts }: SeriesWorld, user: string, served: Known): string[] {
  return facts.listDone().flatMap(({ user: of, series, occurrence }) => {
    if (of !== user) return [];
    const record = served.get(recordIdOf(series, occurrence));
    if (!record || isDeleted(record)) return [`${occurrence} of ${series} was done and has no record`];
    const now = readValues(served.get(series) ?? {});
    const isOpen = now["completed_at"] == null && now["deleted_at"] == null && now["recurrence"] != null;
    return isOpen && now["occurrence"] === occurrence ? [`${occurrence} of ${series} was done and is due again`] : [];
  });
}

async function compareProfiles(world: SeriesWorld, user: string, nodes: readonly Node[]): Promise<string[]> {
  if (world.isServerOld) return [];
  const { profile } = await world.backing.sync().precheck(user, { head: null, arrivals: [] });
  const problems: string[] = [];
  for (const { name, opened } of nodes.filter(({ isOld }) => !isOld)) {
    const found = await opened.store.profile(OWNER);
    if (!Bun.deepEquals(found, profile))
      problems.push(`${name} has the profile ${JSON.stringify(found)}, the server ${JSON.stringify(profile)}`);
  }
  return problems;
}
