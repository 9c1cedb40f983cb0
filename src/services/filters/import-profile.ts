import {
  FILTER_PREFIX,
  filterFields,
  foldFilterName,
  readSavedFilters,
  type SavedFilter,
} from "../../domain/query/saved-filters.ts";
import { type Fields, readValue, type Registers, type Scalar } from "../../domain/task/registers.ts";
import type { Imported } from "../tasks/import-tasks.ts";
import type { ParsedRecord } from "../tasks/records.ts";
import type { Workspace } from "../workspace.ts";
import { requireRoom } from "./require-room.ts";

/** What an entry of a file changes in the profile, and whether there was none of its name. */
type EntryChange = { readonly fields: Fields; readonly isNew: boolean };

/**
 * Makes the profile have the entries of a file. All others stay as they are. A filter that this version can't read is taken, too: what
 * was exported is not lost. Throws `invalid_input` if there is no room.
 */
export async function importProfile(workspace: Workspace, records: readonly ParsedRecord[]): Promise<Imported> {
  const { store, user, system } = workspace;
  const profile = await store.profile(user);
  const filters = readSavedFilters(profile);
  const entries = new Map(records.flatMap((each) => ("profile" in each ? Object.entries(each.profile) : [])));
  const planned = [...entries].map(([name, value]) =>
    name.startsWith(FILTER_PREFIX) && typeof value === "string"
      ? planFilter(profile, filters, { name: name.slice(FILTER_PREFIX.length), text: value })
      : planEntry(profile, name, value),
  );
  const changes = planned.filter(({ fields }) => Object.keys(fields).length > 0);
  const fields: Fields = Object.assign({}, ...changes.map((each) => each.fields));
  if (changes.length > 0) {
    const now = system.now();
    requireRoom(profile, fields, now);
    await store.editProfile(user, fields, now);
  }
  const added = changes.filter(({ isNew }) => isNew).length;
  return { added, changed: changes.length - added, unchanged: planned.length - changes.length };
}

function planFilter(
  profile: Registers,
  filters: ReadonlyMap<string, SavedFilter>,
  { name, text }: SavedFilter,
): EntryChange {
  const before = filters.get(foldFilterName(name));
  const isSame = before?.name === name && before.text === text;
  return { fields: isSame ? {} : filterFields(profile, name, text), isNew: before === undefined };
}

function planEntry(profile: Registers, name: string, value: Scalar): EntryChange {
  const before = readValue(profile[name]);
  return { fields: before === value ? {} : { [name]: value }, isNew: before === null };
}
