import type { CommandGroups } from "./command-groups.ts";
import { registerAgenda } from "./commands/agenda.ts";
import { registerCalendar } from "./commands/calendar.ts";
import { registerCancel } from "./commands/cancel.ts";
import { registerCompleted } from "./commands/completed.ts";
import { registerContext } from "./commands/context.ts";
import { registerDetach } from "./commands/detach.ts";
import { registerFilter } from "./commands/filter.ts";
import { registerLog } from "./commands/log.ts";
import { registerMove } from "./commands/move.ts";
import { registerNext } from "./commands/next.ts";
import { registerNote } from "./commands/note.ts";
import { registerProjects } from "./commands/projects.ts";
import { registerRedo } from "./commands/redo.ts";
import { registerReminders } from "./commands/reminders.ts";
import { registerReopen } from "./commands/reopen.ts";
import { registerRestore } from "./commands/restore.ts";
import { registerShow } from "./commands/show.ts";
import { registerSkip } from "./commands/skip.ts";
import { registerStats } from "./commands/stats.ts";
import { registerStart } from "./commands/start.ts";
import { registerStop } from "./commands/stop.ts";
import { registerTags } from "./commands/tags.ts";
import { registerTree } from "./commands/tree.ts";
import { registerUpcoming } from "./commands/upcoming.ts";

/** The commands about tasks that are not typed all day. They load apart, so that the others start faster. */
export const TASK_COMMANDS: CommandGroups = {
  Tasks: {
    show: registerShow,
    cancel: registerCancel,
    skip: registerSkip,
    detach: registerDetach,
    reopen: registerReopen,
    start: registerStart,
    stop: registerStop,
    note: registerNote,
    move: registerMove,
    restore: registerRestore,
    redo: registerRedo,
  },
  Views: {
    next: registerNext,
    agenda: registerAgenda,
    calendar: registerCalendar,
    upcoming: registerUpcoming,
    completed: registerCompleted,
    stats: registerStats,
    reminders: registerReminders,
    tree: registerTree,
    filter: registerFilter,
    context: registerContext,
    log: registerLog,
    tags: registerTags,
    projects: registerProjects,
  },
};
