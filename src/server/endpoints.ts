import type { Endpoint } from "./endpoint.ts";
import { changeTasksInBulk } from "./routes/change-tasks-in-bulk.ts";
import { completeTask } from "./routes/complete-task.ts";
import { changePassword } from "./routes/auth/change-password.ts";
import { pollDevice, startDevice } from "./routes/auth/device.ts";
import { decideDevice, showDevice } from "./routes/auth/device-decision.ts";
import { listEvents } from "./routes/auth/list-events.ts";
import { logIn } from "./routes/auth/log-in.ts";
import { logOut } from "./routes/auth/log-out.ts";
import { refreshSession } from "./routes/auth/refresh-session.ts";
import { register } from "./routes/auth/register.ts";
import { listSessions, revokeSession } from "./routes/auth/sessions.ts";
import { createToken, listTokens, revokeToken } from "./routes/auth/tokens.ts";
import { createTask } from "./routes/create-task.ts";
import { deleteAccount } from "./routes/delete-account.ts";
import { deleteTask } from "./routes/delete-task.ts";
import { exportTasks } from "./routes/export-tasks.ts";
import { deleteFilter, getFilter, listFilters, putFilter } from "./routes/filters.ts";
import { followChanges } from "./routes/follow-changes.ts";
import { getAgenda } from "./routes/get-agenda.ts";
import { getHealth } from "./routes/get-health.ts";
import { getIdentity } from "./routes/get-identity.ts";
import { getReadiness } from "./routes/get-readiness.ts";
import { getStats } from "./routes/get-stats.ts";
import { getTask } from "./routes/get-task.ts";
import { detachOccurrence } from "./routes/detach-occurrence.ts";
import { listOccurrences } from "./routes/list-occurrences.ts";
import { skipOccurrence } from "./routes/skip-occurrence.ts";
import { listTasks } from "./routes/list-tasks.ts";
import { moveTask } from "./routes/move-task.ts";
import { parseTask } from "./routes/parse-task.ts";
import { restoreTask } from "./routes/restore-task.ts";
import { syncTasks } from "./routes/sync-tasks.ts";
import { createNote, deleteNote } from "./routes/notes.ts";
import { patchTask, putTask } from "./routes/update-task.ts";
import { createPageCode, openPage } from "./routes/web/code.ts";
import { logInToPage } from "./routes/web/log-in.ts";
import { logOutOfPage } from "./routes/web/log-out.ts";
import { refreshPage } from "./routes/web/refresh.ts";
import { registerInPage } from "./routes/web/register.ts";
import { getPageSettings } from "./routes/web/settings.ts";

/** Every route of the API. The pages and their files are separate, in pages/files.ts. */
export const ENDPOINTS: readonly Endpoint[] = [
  getHealth,
  getReadiness,
  listTasks,
  createTask,
  parseTask,
  changeTasksInBulk,
  getTask,
  putTask,
  patchTask,
  completeTask,
  skipOccurrence,
  detachOccurrence,
  listOccurrences,
  moveTask,
  deleteTask,
  restoreTask,
  createNote,
  deleteNote,
  getAgenda,
  listFilters,
  getFilter,
  putFilter,
  deleteFilter,
  getStats,
  syncTasks,
  followChanges,
  getIdentity,
  exportTasks,
  deleteAccount,
  register,
  logIn,
  refreshSession,
  logOut,
  changePassword,
  listEvents,
  listSessions,
  revokeSession,
  listTokens,
  createToken,
  revokeToken,
  startDevice,
  pollDevice,
  showDevice,
  decideDevice,
  registerInPage,
  logInToPage,
  refreshPage,
  logOutOfPage,
  createPageCode,
  openPage,
  getPageSettings,
];
