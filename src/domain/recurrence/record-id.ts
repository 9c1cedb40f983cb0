import { hashText } from "../hash-text.ts";
import { contentId } from "../task/content-id.ts";

/** The id of the record of an occurrence. It is the same on every device, so two completions of it meet in one row. */
export function recordIdOf(seriesId: string, occurrence: string): string {
  return contentId(hashText(`${seriesId}\n${occurrence}`));
}
