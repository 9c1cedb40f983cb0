import { z } from "zod";
import { MAX_FILTER_CHARACTERS } from "../domain/query/filter/limits.ts";
import { checkFilterText, type SavedFilter } from "../domain/query/saved-filters.ts";
import { rule } from "./task-schema.ts";

const EXAMPLE = "+home or +shop";

/** A saved filter. */
export const wireFilter = z
  .strictObject({
    name: z.string().meta({ description: "As it was typed. Filters are found by it in any case" }),
    filter: z.string().meta({ description: "Its text, in the language of `todo help filters`" }),
  })
  .meta({ id: "Filter", examples: [{ name: "errands", filter: EXAMPLE }] });

/** The text of a filter that is to be saved. */
export const newFilter = z
  .strictObject({
    filter: z.string().transform(rule(checkFilterText)).meta({ minLength: 1, maxLength: MAX_FILTER_CHARACTERS }),
  })
  .meta({ id: "NewFilter", examples: [{ filter: EXAMPLE }] });

export function toWireFilter({ name, text }: SavedFilter): z.output<typeof wireFilter> {
  return { name, filter: text };
}
