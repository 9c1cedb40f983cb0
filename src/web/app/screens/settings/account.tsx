import { useSignal } from "@preact/signals";
import { attempt } from "../../data/act.ts";
import { adopt } from "../../session/adopt.ts";
import { type Account, ALONE, keepAccount, leaveAccount, listAccounts } from "../../session/accounts.ts";
import { leave } from "../../session/leave.ts";
import { account, needsSignIn, restart, useReplica } from "../../session/session.ts";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";

/** Who uses the page, and who else has used it in this browser. */
export function AccountSettings() {
  /** Shown while it is a number: how many tasks would be lost. */
  const leaving = useSignal<number | null>(null);
  const { value: current } = account;
  if (!current) return null;
  const isAlone = current.account === ALONE.account;
  // The state of the sync tells no number while one runs.
  const askToLeave = async () => void (leaving.value = await useReplica().ask("countUnsent", null));
  return (
    <section aria-labelledby="account-title">
      <h2 id="account-title">Account</h2>
      <p>
        <bdi>{nameAccount(current)}</bdi>
      </p>
      {needsSignIn.value && <p class="issue">The server wants you to sign in again. Until then nothing is synced.</p>}
      <p class="buttons">
        {needsSignIn.value && (
          <button type="button" class="primary" onClick={openDoor}>
            Sign in again
          </button>
        )}
        <button type="button" onClick={() => void attempt(askToLeave)}>
          {isAlone ? "Delete these tasks" : "Sign out"}
        </button>
        {isAlone && (
          <button type="button" onClick={openDoor}>
            Sign in to an account
          </button>
        )}
      </p>
      <OtherAccounts current={current} />
      {leaving.value !== null && (
        <LeaveDialog isAlone={isAlone} unsent={leaving.value} onClose={() => (leaving.value = null)} />
      )}
    </section>
  );
}

function OtherAccounts({ current }: { readonly current: Account }) {
  const others = listAccounts().filter(({ account: name }) => name !== current.account);
  if (others.length === 0 && current.account === ALONE.account) return null;
  return (
    <>
      {others.length > 0 && <h3>Also in this browser</h3>}
      <ul class="lines">
        {others.map((other) => (
          <li key={other.account}>
            <bdi>{nameAccount(other)}</bdi>
            {other.account === ALONE.account && (
              <button type="button" onClick={() => void attempt(adopt)}>
                Bring them into this account
              </button>
            )}
            <button type="button" onClick={() => switchTo(other)}>
              Switch
            </button>
          </li>
        ))}
      </ul>
      <button type="button" onClick={openDoor}>
        Add an account
      </button>
    </>
  );
}

type LeaveDialogProps = {
  readonly isAlone: boolean;
  /** How many tasks have changes that the server does not have. */
  readonly unsent: number;
  readonly onClose: () => void;
};

function LeaveDialog({ isAlone, unsent, onClose }: LeaveDialogProps) {
  return (
    <ConfirmDialog
      title={isAlone ? "Delete these tasks?" : "Sign out?"}
      action={isAlone ? "Delete" : "Sign out"}
      run={leave}
      canSave={isAlone || unsent > 0}
      onClose={onClose}
    >
      {!isAlone && unsent > 0 && (
        <p class="issue">
          {unsent === 1 ? "1 task has changes that were" : `${unsent} tasks have changes that were`} not sent. They are
          lost when you sign out now.
        </p>
      )}
      <p>
        {isAlone
          ? "They are in this browser and nowhere else."
          : "What is on the server stays there. All tasks are removed from this browser."}
      </p>
    </ConfirmDialog>
  );
}

export function nameAccount({ account: name, email, user }: Account): string {
  return name === ALONE.account ? "Tasks of this browser alone, without an account" : (email ?? user);
}

export function switchTo(other: Account): void {
  keepAccount(other);
  restart();
}

/** Opens the page with the question who uses it. All databases stay. */
function openDoor(): void {
  leaveAccount();
  restart();
}
