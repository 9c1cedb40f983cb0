import { describeEdit, type Model } from "./model.ts";
import { type Node, OWNER } from "./node.ts";

/** What is wrong with the log of a node: it must list all edits in the order in which they were made, whatever became of their clocks. */
export async function checkLog({ name, opened }: Node, model: Model): Promise<string[]> {
  const entries = await opened.store.history(OWNER, {});
  const logged = entries.filter(({ action }) => action === "edit").map(describeEdit);
  const made = model.edits(name).toReversed();
  const at = made.findIndex((edit, place) => edit !== logged[place]);
  if (at >= 0) return [`${name} has ${logged[at]} in its log, not ${made[at]}`];
  return logged.length > made.length ? [`${name} has ${logged[made.length]} in its log, which nobody made`] : [];
}
