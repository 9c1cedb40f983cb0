import { TodoError } from "../../domain/errors.ts";

/** Characters at the end of an id that lists show. Its beginning is the time, which neighbours share. */
const SHOWN = 8;
const MIN_ID_CHARACTERS = 4;

type Item = { readonly id: string };

/** The part of an id that people use as a name. */
export function shortId({ id }: Item): string {
  return id.slice(-SHOWN);
}

/**
 * The one item with this id or name, or with this end of its id. Throws `not_found`, or `ambiguous` with the choices as
 * `describe` names them.
 */
export function pickOne<Named extends Item>(
  items: readonly Named[],
  ref: string,
  nameOf: (item: Named) => string,
  describe = nameOf,
): Named {
  const end = ref.toLowerCase();
  const found = items.filter(
    (item) => nameOf(item) === ref || item.id === end || (end.length >= MIN_ID_CHARACTERS && item.id.endsWith(end)),
  );
  const [first, second] = found;
  if (first && !second) return first;
  // The word is not repeated: it may be the token itself.
  if (!first) throw new TodoError("not_found", "nothing has this name or id");
  const choices = found.map((item) => `${shortId(item)}  ${describe(item)}`);
  throw new TodoError("ambiguous", `${found.length} have this name or id`, { hints: choices });
}
