import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { WireSession } from "../../../../contract/account-replies.ts";
import { formatMoment } from "../../../../domain/dates/format-date.ts";
import { TodoError } from "../../../../domain/errors.ts";
import { attempt } from "../../data/act.ts";
import { clock } from "../../data/clock.ts";
import { useToken } from "../../session/session.ts";
import { listSessions, revokeSession } from "../../session/web-api.ts";

/** The devices that are signed in, each of which can be locked out. */
export function DeviceSettings() {
  const sessions = useSignal<readonly WireSession[] | null>(null);
  const problem = useSignal<TodoError | null>(null);
  const load = async () => {
    try {
      sessions.value = await listSessions(await useToken());
    } catch (error) {
      if (!(error instanceof TodoError)) throw error;
      problem.value = error;
    }
  };
  useEffect(() => void load(), []);
  const lockOut = ({ id }: WireSession) =>
    attempt(async () => {
      await revokeSession(await useToken(), id);
      await load();
    });
  return (
    <section aria-labelledby="devices-title">
      <h2 id="devices-title">Devices</h2>
      {problem.value && sessions.value === null && (
        <p class="quiet">Your devices can't be shown now: {problem.value.message}</p>
      )}
      <ul class="lines">
        {sessions.value?.map((session) => (
          <li key={session.id}>
            <span>
              <bdi>{session.device}</bdi>
              <span class="quiet">
                {session.current ? " · this browser" : ` · last used ${formatMoment(session.last_used_at, clock)}`}
              </span>
            </span>
            {!session.current && (
              <button type="button" aria-label={`Lock out ${session.device}`} onClick={() => void lockOut(session)}>
                Lock out
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
