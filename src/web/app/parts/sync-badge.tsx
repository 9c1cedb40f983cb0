import type { SyncState } from "../../protocol.ts";
import { account, needsSignIn, syncState } from "../session/session.ts";
import { wake } from "../session/wake.ts";
import { formatMoment } from "../../../domain/dates/format-date.ts";
import { clock } from "../data/clock.ts";
import { toSentence } from "../data/describe-error.ts";

type Badge = { readonly mark: "ok" | "busy" | "away" | "problem" | "alone"; readonly text: string };

/** Whether the tasks here and those of the server agree, in words and a shape. */
export function SyncBadge() {
  const refused = "refused" in syncState.value ? syncState.value.refused : 0;
  const { mark, text } = describe(syncState.value, needsSignIn.value);
  return (
    <details class="sync">
      <summary>
        <span class={`mark ${mark}`} aria-hidden="true" />
        <span class="text">{text}</span>
      </summary>
      <div class="popover">
        <p>{explain(syncState.value)}</p>
        {account.value?.email && <p>{account.value.email}</p>}
        {refused > 0 && <a href="#/log">Show what was refused</a>}
        {needsSignIn.value && <a href="#/settings">Sign in again</a>}
        {syncState.value.kind !== "alone" && !needsSignIn.value && (
          <button type="button" onClick={() => void wake()}>
            Sync now
          </button>
        )}
      </div>
    </details>
  );
}

function describe(state: SyncState, mustSignIn: boolean): Badge {
  if (mustSignIn) return { mark: "problem", text: "Sign in again" };
  switch (state.kind) {
    case "alone":
      return { mark: "alone", text: "On this device only" };
    case "syncing":
      return { mark: "busy", text: state.isFirst ? `Fetching ${state.received.toLocaleString("en")}…` : "Syncing…" };
    case "synced":
      if (state.refused > 0) return { mark: "problem", text: `${state.refused} refused` };
      return state.unsent > 0 ? { mark: "busy", text: `${state.unsent} to send` } : { mark: "ok", text: "Synced" };
    case "failed":
      return describeFailure(state);
  }
}

function describeFailure({ code, unsent }: Extract<SyncState, { kind: "failed" }>): Badge {
  if (code === "full_disk") return { mark: "problem", text: "Disk full" };
  if (code === "unsupported_protocol") return { mark: "problem", text: "Reload the page" };
  if (code !== "unavailable" && code !== "timed_out") return { mark: "problem", text: "Not synced" };
  return { mark: "away", text: unsent > 0 ? `Offline, ${unsent} to send` : "Offline" };
}

function explain(state: SyncState): string {
  switch (state.kind) {
    case "alone":
      return "These tasks are in this browser and nowhere else. In a private window they go with it.";
    case "syncing":
      return "Tasks are being exchanged with the server.";
    case "synced":
      return `Last synced ${formatMoment(new Date(state.at).toISOString(), clock)}.${state.refused > 0 ? ` The server refused ${state.refused}.` : ""}`;
    case "failed":
      return `${toSentence(state.message)} What you change is kept here and sent later.`;
  }
}
