import { openDialog } from "../data/dialogs.ts";
import { layout } from "../data/layout.ts";
import { openTask, route } from "../data/route.ts";
import { AdoptNotice } from "../parts/adopt-notice.tsx";
import { QuickAdd } from "../parts/quick-add.tsx";
import { SearchField } from "../parts/search-field.tsx";
import { Sidebar } from "../parts/sidebar.tsx";
import { SyncBadge } from "../parts/sync-badge.tsx";
import { Dialogs } from "../parts/dialogs.tsx";
import { Toast } from "../parts/toast.tsx";
import { UpdateNotice } from "../parts/update-notice.tsx";
import { account, isStarting, openFailure } from "../session/session.ts";
import { ListScreen } from "./list.tsx";
import { LogScreen } from "./log.tsx";
import { SettingsScreen } from "./settings.tsx";
import { SignInScreen } from "./sign-in.tsx";
import { ClosedScreen } from "./unusable.tsx";
import { TaskPanel } from "./task.tsx";

/** The page: who it is for, or their tasks. */
export function App() {
  if (account.value === null) return isStarting.value ? null : <SignInScreen />;
  if (openFailure.value !== null) return <ClosedScreen failure={openFailure.value} />;
  return (
    <div class={`app ${layout.value}${openTask.value === null ? "" : " with-panel"}`}>
      <header class="bar">
        <a class="brand" href="#/all">
          <img src="app/icon.svg" alt="" width="24" height="24" /> todo
        </a>
        <SearchField />
        <button
          type="button"
          class={layout.value === "wide" ? "link" : "icon"}
          aria-label="Commands"
          onClick={() => openDialog({ kind: "palette" })}
        >
          {layout.value === "wide" ? "Commands" : "☰"}
        </button>
        <SyncBadge />
      </header>
      <Sidebar />
      <main class="scroller" tabIndex={-1}>
        <UpdateNotice />
        <AdoptNotice />
        {route.value.kind !== "screen" && <QuickAdd />}
        <Screen />
      </main>
      <TaskPanel />
      <Dialogs />
      <Toast />
    </div>
  );
}

function Screen() {
  const { value: here } = route;
  if (here.kind !== "screen") return <ListScreen />;
  return here.screen === "log" ? <LogScreen id={here.id} /> : <SettingsScreen />;
}
