import { edit } from "./edits.ts";
import { cloneNode, copyNode, type Node } from "./node.ts";
import { createRandom } from "../support/random.ts";
import { identify, tolerate, type World } from "./world.ts";

const MOST_NODES = 5;

/** A file that was copied, which makes another node of it. */
export async function copyReplica(world: World, node: Node): Promise<void> {
  await duplicate(world, node, { isClone: false });
}

/** A copied machine: nobody can tell that it is another, so that the same node makes equal clocks for two values. */
export async function cloneMachine(world: World, node: Node): Promise<void> {
  await duplicate(world, node, { isClone: true });
}

/** Both edit at once. On one machine they have one clock, and a timer there goes off at the same moment for both. */
async function duplicate(world: World, node: Node, { isClone }: { readonly isClone: boolean }): Promise<void> {
  const { nodes, model, copy, spoil, random, pages } = world;
  if (nodes.length >= MOST_NODES) return;
  const own = identify(world, node.user);
  const identity = isClone || random.chance(0.5) ? { ...own, watch: node.watch } : own;
  model.copy(node.name, { name: identity.name, isClone });
  const isPage = world.isPage(nodes.length);
  const other = await (isClone
    ? cloneNode(node, identity, { pages, spoil })
    : copyNode(node, identity, { copy, pages, isPage, spoil }));
  nodes.push(other);
  const seed = random.below(2 ** 32);
  for (const twin of [node, other])
    await tolerate(world, [], () => edit(twin, { ...world, random: createRandom(seed) }));
}
