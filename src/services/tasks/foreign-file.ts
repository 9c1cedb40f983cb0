/** What to do with a file that another program has written. */
export const FOREIGN_FILE = [
  "What todo export writes can be imported, and files of other programs with --from: todo import --help",
  "Titles alone, one on each line, can be added: todo add - < FILE",
] as const;
