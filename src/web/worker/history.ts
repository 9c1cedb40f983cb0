import { redoLastUndo, type Undone, undoLastChange } from "../../services/tasks/history.ts";
import type { Done } from "../protocol.ts";
import type { Account } from "./account.ts";
import { describeAction, describeOutcome } from "./done.ts";
import type { AccountMethods } from "./account-methods.ts";
import { listLog } from "./log.ts";
import { putBack } from "./put-back.ts";

/** The methods that are about what was changed before. */
export const historyMethods = {
  undo: (account) => report(account, "Undid", undoLastChange(account.workspace)),
  redo: (account) => report(account, "Redid", redoLastUndo(account.workspace)),
  log: ({ workspace }, filter) => listLog(workspace, filter),
  putBack: async (account, { id, values }) => {
    const outcome = await putBack(account.workspace, id, values);
    await account.noteChange();
    return describeOutcome("edit", outcome);
  },
} satisfies Partial<AccountMethods>;

/** `Undid: completed “Pay rent”` */
async function report(account: Account, verb: string, work: Promise<Undone | null>): Promise<Done | null> {
  const undone = await work;
  if (undone === null) return null;
  await account.noteChange();
  const { action, tasks } = undone;
  return { words: `${verb}: ${describeAction(action, tasks)}`, ids: tasks.map(({ id }) => id) };
}
