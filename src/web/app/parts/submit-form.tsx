import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { TodoError } from "../../../domain/errors.ts";
import { describeRefusal } from "../data/describe-error.ts";

type SubmitFormProps = {
  /** What the button says. */
  readonly action: string;
  readonly look?: "primary" | "danger" | undefined;
  readonly submit: (form: HTMLFormElement) => Promise<void>;
  readonly explain?: (error: TodoError) => string;
  readonly children: ComponentChildren;
};

/** A form that says what the server does not accept. */
export function SubmitForm({ action, look, submit, explain = describeRefusal, children }: SubmitFormProps) {
  const problem = useSignal("");
  const isBusy = useSignal(false);
  const send = async (form: HTMLFormElement) => {
    isBusy.value = true;
    problem.value = "";
    try {
      await submit(form);
    } catch (error) {
      if (!(error instanceof TodoError)) throw error;
      problem.value = explain(error);
    } finally {
      isBusy.value = false;
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send(event.currentTarget);
      }}
    >
      {children}
      <p class="issue" role="alert">
        {problem.value}
      </p>
      <button type="submit" class={look} disabled={isBusy.value}>
        {action}
      </button>
    </form>
  );
}
