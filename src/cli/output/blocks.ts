/** A group of tasks on the screen, each with its lines, below a heading of one line. */
export type Block = {
  readonly heading: string;
  readonly tasks: readonly (readonly string[])[];
  /** Whether it leaves half of the room to the blocks behind it, if they need it. */
  readonly leavesRoom: boolean;
};

/**
 * The first tasks of the blocks that fit into so many lines. No block is shown behind one that was cut for its length. If
 * no task fits, the first is shown all the same.
 */
export function fitBlocks(blocks: readonly Block[], room: number): Block[] {
  const fitted: Block[] = [];
  let left = room;
  for (const [at, block] of blocks.entries()) {
    const others = blocks.slice(at + 1).reduce((sum, other) => sum + heightOf(other), 0);
    const part = fitBlock(block, block.leavesRoom ? Math.max(left - others, Math.floor(left / 2)) : left);
    if (part.tasks.length > 0) fitted.push(part);
    if (part.tasks.length < block.tasks.length && !block.leavesRoom) break;
    left -= part.tasks.length > 0 ? heightOf(part) : 0;
  }
  return fitted.length > 0 ? fitted : blocks.slice(0, 1).map((block) => ({ ...block, tasks: block.tasks.slice(0, 1) }));
}

export function heightOf({ tasks }: Block): number {
  return tasks.reduce((sum, lines) => sum + lines.length, 1);
}

function fitBlock(block: Block, room: number): Block {
  const tasks: (readonly string[])[] = [];
  let height = 1;
  for (const lines of block.tasks) {
    height += lines.length;
    if (height > room) break;
    tasks.push(lines);
  }
  return { ...block, tasks };
}
