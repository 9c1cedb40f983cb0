/** What to do with a file that another program has written. */
export const FOREIGN_FILE = [
  "What todo export writes can be imported. Files of other programs can't be yet.",
  "Titles alone, one on each line, can be added: todo add - < FILE",
] as const;
