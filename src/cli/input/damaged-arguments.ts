import { decodeUtf8 } from "../../domain/task/text.ts";
import type { Io } from "../platform/io.ts";

/** The runtime puts it in the place of bytes that are not UTF-8. A user may have typed it, too. */
const REPLACEMENT = "\ufffd";

/** Throws `invalid_input` with the number of an argument that is not UTF-8, which would be saved damaged. */
export function refuseDamagedArguments(argv: readonly string[], io: Io): void {
  if (!argv.some((argument) => argument.includes(REPLACEMENT))) return;
  const hints = ["Use a terminal in UTF-8, or convert the text with iconv."];
  io.readArgumentBytes(argv.length)?.forEach((bytes, at) => decodeUtf8(`argument ${at + 1}`, bytes, hints));
}
