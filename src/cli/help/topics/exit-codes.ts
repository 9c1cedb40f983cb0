import { EXIT_CODES } from "../../exit-codes.ts";
import type { Section } from "../sections.ts";

type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];

/** A new exit code does not compile until it is explained. */
const MEANINGS = {
  1: "it failed: a problem with the disk, the database or the output",
  2: "wrong usage, or input that is not allowed; nothing was changed",
  3: "no such task, or the reference fits several tasks",
  4: "not logged in, or not allowed",
  5: "a conflict: something else changed or holds what this command needs",
  6: "the network or a server can't be reached",
} as const satisfies Record<ExitCode, string>;

/** The help on exit codes, made from the table by which the program ends. */
export const EXIT_CODES_TOPIC: readonly Section[] = [
  { paragraphs: ["The exit code of a command says whether it worked. With --json, the error's code says more."] },
  {
    heading: "Exit codes",
    rows: [
      ["0", "it worked, even if there was nothing to show or to change"],
      ...Object.entries(MEANINGS).map(([code, meaning]) => [code, `${meaning}\n${listErrors(Number(code))}`] as const),
      ["130", "interrupted with Ctrl-C"],
    ],
  },
  {
    heading: "Examples",
    examples: [
      "todo show kqv > /dev/null || echo 'no such task'",
      "todo done kqv --json 2> error.json || jq -r .error.code error.json",
    ],
  },
];

/** The codes of errors, as `--json` prints them, that end with this exit code. */
function listErrors(exitCode: number): string {
  const codes = Object.entries(EXIT_CODES).filter(([, exit]) => exit === exitCode);
  return `--json: ${codes.map(([code]) => code).join(", ")}`;
}
