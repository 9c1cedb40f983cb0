import { TodoError } from "../../../domain/errors.ts";
import type { Done, MethodName, Methods } from "../../protocol.ts";
import { useReplica } from "../session/session.ts";
import { showPoolAnew } from "./pool.ts";
import { persistOnce } from "./storage.ts";
import { showDone, showFailure } from "./toast.ts";

/** The methods that change something and say what they did. */
type ChangeName = { [Name in MethodName]: Methods[Name]["gives"] extends Done ? Name : never }[MethodName];

/** Asks for a change and says what was done, or why not. Answers whether it was done. */
export async function change<Name extends ChangeName>(name: Name, takes: Methods[Name]["takes"]): Promise<boolean> {
  const isDone = await attempt(async () => {
    showDone(await useReplica().ask(name, takes));
    void persistOnce();
  });
  if (!isDone) showPoolAnew();
  return isDone;
}

/** Takes the last change back. */
export async function undo(): Promise<void> {
  await attempt(async () => {
    const done = await useReplica().ask("undo", null);
    showDone(done ?? { words: "There is nothing to undo.", ids: [] }, { canUndo: false });
  });
}

/** Makes the last change that was taken back again. */
export async function redo(): Promise<void> {
  await attempt(async () => {
    const done = await useReplica().ask("redo", null);
    showDone(done ?? { words: "There is nothing to redo.", ids: [] }, { canUndo: false });
  });
}

/** Does work of which the person is told if it fails. */
export async function attempt(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof TodoError)) throw error;
    showFailure(error);
    return false;
  }
}
