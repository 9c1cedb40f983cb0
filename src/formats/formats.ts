import type { Found, ReadContext } from "./found.ts";
import { looksLikeGithub } from "./github/recognise.ts";
import { readGithub } from "./github/read.ts";
import { looksLikeTicktick } from "./ticktick/recognise.ts";
import { readTicktick } from "./ticktick/read.ts";
import { looksLikeIcs } from "./ics/recognise.ts";
import { readIcs } from "./ics/read.ts";
import { looksLikeMarkdown } from "./markdown/recognise.ts";
import { readMarkdown } from "./markdown/read.ts";
import { looksLikeTaskwarrior } from "./taskwarrior/recognise.ts";
import { looksLikeTodoTxt } from "./todotxt/recognise.ts";
import { readTodoTxt } from "./todotxt/read.ts";
import { readTaskwarrior } from "./taskwarrior/read.ts";

/** A format of another program. */
export type Format = {
  readonly name: string;
  /** The program, as people call it. */
  readonly title: string;
  /** Whether a text is most probably of this format. */
  readonly looksLike: (text: string) => boolean;
  readonly read: (text: string, context: ReadContext) => Iterable<Found>;
};

export const FORMATS: readonly Format[] = [
  { name: "todotxt", title: "todo.txt", looksLike: looksLikeTodoTxt, read: readTodoTxt },
  { name: "ics", title: "iCalendar", looksLike: looksLikeIcs, read: readIcs },
  { name: "github", title: "GitHub", looksLike: looksLikeGithub, read: readGithub },
  { name: "ticktick", title: "TickTick", looksLike: looksLikeTicktick, read: readTicktick },
  { name: "markdown", title: "Markdown", looksLike: looksLikeMarkdown, read: readMarkdown },
  { name: "taskwarrior", title: "Taskwarrior", looksLike: looksLikeTaskwarrior, read: readTaskwarrior },
];
