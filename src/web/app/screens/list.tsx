import { expected, isWhole } from "../data/pool.ts";
import { isAt, type ListName, type Route, route } from "../data/route.ts";
import { rows } from "../data/rows.ts";
import { searched } from "../data/search.ts";
import { focusedRow } from "../data/selection.ts";
import { isBroken, layout } from "../data/layout.ts";
import { FilterActions } from "../parts/filter-actions.tsx";
import { LIST_TITLES } from "../data/titles.ts";
import { showMoreDays } from "../data/views.ts";
import { ChosenBar } from "../parts/chosen-bar.tsx";
import { TaskRow } from "../parts/task-row.tsx";
import { syncState } from "../session/session.ts";
import { VirtualList } from "../parts/virtual-list.tsx";

const HEADING_REM = 2.5;
const ROW_REM = { wide: 2.25, narrow: 3.5 };
const LINE_REM = 1.25;

/** The tasks of a place, under headings. */
export function ListScreen() {
  const listed = rows.value.filter(({ kind }) => kind === "task").length;
  // While tasks are still coming, the list of all knows from last time how many they are.
  const isAll = isAt("all") && searched.value === null;
  const count = isAll && !isWhole.value ? Math.max(listed, expected.value) : listed;
  const title = searched.value ? "Found" : titleOf(route.value);
  return (
    <section class="list" aria-labelledby="list-title">
      <header class="list-head">
        <h1 id="list-title">{title}</h1>
        <p class="count" aria-live="polite">
          {describeCount(count)}
        </p>
        <FilterActions />
      </header>
      <ChosenBar />
      {count === 0 && isWhole.value && !isFetching() ? <EmptyList /> : <Rows title={title} count={count} />}
      {isAt("upcoming") && searched.value === null && (
        <p class="more">
          <button type="button" onClick={showMoreDays}>
            More days
          </button>
        </p>
      )}
    </section>
  );
}

/** Whether tasks come from the server for the first time. */
function isFetching(): boolean {
  return syncState.value.kind === "syncing" && syncState.value.isFirst;
}

function describeCount(count: number): string {
  const { value: state } = syncState;
  if (state.kind === "syncing" && state.isFirst) {
    return `Fetching your tasks${state.received > 0 ? `: ${state.received.toLocaleString("en")}` : ""}…`;
  }
  if (!isWhole.value && count === 0) return "…";
  return `${count.toLocaleString("en")} ${count === 1 ? "task" : "tasks"}`;
}

function Rows({ title, count }: { readonly title: string; readonly count: number }) {
  const rowRem = ROW_REM[layout.value];
  return (
    <VirtualList
      rows={rows.value}
      label={title}
      heightOf={(row) => {
        if (row.kind === "heading") return HEADING_REM;
        return isBroken(row.task.title) ? rowRem + LINE_REM : rowRem;
      }}
      keyOf={({ key }) => key}
      kept={focusedRow.value}
    >
      {(row, style) =>
        row.kind === "heading" ? (
          <div key={row.key} class="group" role="listitem" style={style}>
            <h2>{row.text}</h2> <span class="number">{row.count}</span>
          </div>
        ) : (
          <TaskRow key={row.key} line={row} count={count} style={style} />
        )
      }
    </VirtualList>
  );
}

const EMPTY_TEXTS: Partial<Record<ListName, string>> = {
  today: "Nothing is due or planned for today.",
  upcoming: "Nothing is due in these days.",
  next: "Nothing can be done now.",
  waiting: "Nothing is hidden until later.",
  done: "Nothing is done yet.",
  deleted: "Nothing was deleted.",
};

function EmptyList() {
  if (searched.value)
    return <p class="empty">Nothing is found. The search looks at open tasks; add status:all for others.</p>;
  const { value: here } = route;
  const text = here.kind === "list" ? EMPTY_TEXTS[here.list] : undefined;
  if (text !== undefined) return <p class="empty">{text}</p>;
  return (
    <p class="empty">
      Nothing here. Add a task above, such as <q>Pay rent due:friday +home</q>.
    </p>
  );
}

export function titleOf(here: Route): string {
  switch (here.kind) {
    case "list":
      return LIST_TITLES[here.list];
    case "project":
    case "filter":
      return here.name;
    case "tag":
      return `+${here.name}`;
    case "screen":
      return here.screen === "log" ? "Log" : "Settings";
  }
}
