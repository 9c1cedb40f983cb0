import { useSignal } from "@preact/signals";
import { attempt } from "../data/act.ts";
import { adopt, canAdopt, declineAdoption, isAdoptionDeclined } from "../session/adopt.ts";

/** Offers to bring what was done without an account into the one that is open. */
export function AdoptNotice() {
  const isDeclined = useSignal(isAdoptionDeclined());
  if (isDeclined.value || !canAdopt()) return null;
  const decline = () => {
    declineAdoption();
    isDeclined.value = true;
  };
  return (
    <div class="banner" role="status">
      <p>
        <span>The tasks that you made without an account are still in this browser.</span>
        <button type="button" onClick={() => void attempt(adopt)}>
          Bring them into this account
        </button>
        <button type="button" class="link" onClick={decline}>
          Leave them there
        </button>
      </p>
    </div>
  );
}
