import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { formatDayName, formatTime } from "../../../domain/dates/format-date.ts";
import { localDayOf } from "../../../domain/dates/due-groups.ts";
import { capitalize } from "../../../domain/task/text.ts";
import type { LoggedChange, LogEntry, Refused } from "../../protocol.ts";
import { change, undo } from "../data/act.ts";
import { useAnswer } from "../data/answers.ts";
import { clock } from "../data/clock.ts";
import { findOverruled, overrulings, seeOverrulings } from "../data/overruled.ts";
import { pool, poolRevision } from "../data/pool.ts";
import { showTask } from "../data/route.ts";
import { account, syncState, useReplica } from "../session/session.ts";

const PAGE_SIZE = 100;

/** What was changed, when and where, of all tasks or of one. */
export function LogScreen({ id }: { readonly id: string | undefined }) {
  const limit = useSignal(PAGE_SIZE);
  const ask = () => useReplica().ask("log", { ...(id !== undefined && { id }), limit: limit.value });
  const entries = useAnswer<readonly LogEntry[] | null>(null, ask, [id, limit.value, poolRevision.value]);
  // Also what is overruled while the log is open was seen.
  const { value: overruled } = overrulings;
  useEffect(() => seeOverrulings(account.value?.account ?? ""), [overruled]);
  const title = id === undefined ? undefined : pool.get(id)?.title;
  const listed = entries ?? [];
  return (
    <section class="log" aria-labelledby="log-title">
      <header class="list-head">
        <h1 id="log-title">{title === undefined ? "Log" : `History of “${title}”`}</h1>
        {id === undefined ? (
          <button type="button" onClick={() => void undo()}>
            Undo the last change
          </button>
        ) : (
          <a href="#/log">All changes</a>
        )}
      </header>
      {id === undefined && <RefusedChanges />}
      {entries !== null && listed.length === 0 && <p class="empty">Nothing was changed yet.</p>}
      {[...Map.groupBy(listed, ({ at }) => localDayOf(at, clock.timeZone()))].map(([day, ofDay]) => (
        <section key={day} aria-label={formatDayName(day, clock)}>
          <h2 class="group">{formatDayName(day, clock)}</h2>
          <ol>
            {ofDay.map((entry) => (
              <Entry key={entry.key} entry={entry} overruled={findOverruled(entry, overruled)} />
            ))}
          </ol>
        </section>
      ))}
      {listed.length === limit.value && (
        <button type="button" onClick={() => (limit.value += PAGE_SIZE)}>
          Show more
        </button>
      )}
    </section>
  );
}

type EntryProps = { readonly entry: LogEntry; readonly overruled: readonly LoggedChange[] };

function Entry({ entry, overruled }: EntryProps) {
  const { id, at, verb, title, changes } = entry;
  const lost = overruled.filter(({ canPutBack }) => canPutBack);
  const putBack = () =>
    change("putBack", { id, values: Object.fromEntries(lost.map(({ field, old }) => [field, old])) });
  return (
    <li class={overruled.length > 0 ? "entry overruled" : "entry"}>
      <time dateTime={at}>{formatTime(at, clock)}</time>
      <div>
        <p>
          {capitalize(verb)}{" "}
          <button type="button" class="link" onClick={() => showTask(id)}>
            <bdi>{title ?? "a task that is gone"}</bdi>
          </button>{" "}
          <span class="quiet">{nameDevice(entry)}</span>
        </p>
        <ul class="changes">
          {changes.map((each) => (
            <Change key={each.field} change={each} />
          ))}
        </ul>
        {overruled.length > 0 && (
          <p class="overruling">
            <span class="badge">overruled</span> A later change took the place of yours.
            {lost.length > 0 && (
              <button type="button" onClick={() => void putBack()}>
                Put mine back
              </button>
            )}
          </p>
        )}
      </div>
    </li>
  );
}

function nameDevice({ verb, device }: LogEntry): string {
  if (device === null) return "in this browser";
  return `${verb === "received" ? "from" : "on"} device ${device}`;
}

/** `due ~~Fri 27 Nov~~ → Sat 28 Nov`. What is struck through is also said to be, for those who don't see it. */
function Change({ change: { name, before, after, isFlag } }: { readonly change: LoggedChange }) {
  return (
    <li>
      {!isFlag && <span class="quiet">{name} </span>}
      {before !== null && (
        <del>
          <bdi>{before}</bdi>
        </del>
      )}
      {before !== null && after !== null && <span aria-label="became"> → </span>}
      {after !== null && (
        <ins>
          <bdi>{after}</bdi>
        </ins>
      )}
    </li>
  );
}

/** What the server did not take, with its reason. */
function RefusedChanges() {
  const { value: state } = syncState;
  const count = "refused" in state ? state.refused : null;
  const refused = useAnswer<readonly Refused[]>([], () => useReplica().ask("refused", null), [count]);
  if (refused.length === 0) return null;
  return (
    <section aria-labelledby="refused-title">
      <h2 id="refused-title" class="group">
        Refused by the server <span class="number">{refused.length}</span>
      </h2>
      <ul>
        {refused.map(({ id, field, message, title }) => (
          <li key={`${id} ${field}`} class="entry refused">
            <div>
              <p>
                <bdi>{title ?? "A task that is gone"}</bdi>
              </p>
              <p class="issue">{capitalize(message)}</p>
            </div>
            {title !== null && (
              <button type="button" onClick={() => showTask(id)}>
                Edit
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
