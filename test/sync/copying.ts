import { cloneFiles, copyFiles } from "./backing.ts";
import { copyNode, edit, type Node } from "./node.ts";
import { createRandom } from "./random.ts";
import { identify, type World } from "./world.ts";

const MOST_NODES = 5;

/** A file that was copied, which makes another node of it. */
export async function copyReplica(world: World, node: Node): Promise<void> {
  if (world.nodes.length >= MOST_NODES) return;
  world.model.copy(node.name);
  world.nodes.push(copyNode(node, identify(world, node.user), { copy: copyFiles, spoil: world.spoil }));
}

/** A copied machine with its clock, on which a timer goes off at the same moment: the same node makes equal clocks for two values. */
export async function cloneMachine(world: World, node: Node): Promise<void> {
  if (world.nodes.length >= MOST_NODES) return;
  world.model.copy(node.name);
  const identity = { ...identify(world, node.user), watch: node.watch };
  const clone = copyNode(node, identity, { copy: cloneFiles, spoil: world.spoil });
  world.nodes.push(clone);
  const seed = world.random.below(2 ** 32);
  for (const twin of [node, clone]) await edit(twin, { ...world, random: createRandom(seed) });
  world.model.copy(node.name);
}
