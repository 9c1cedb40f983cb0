import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { closeDialog } from "../data/dialogs.ts";

type ModalProps = { readonly label: string; readonly isWide?: boolean; readonly children: ComponentChildren };

/** A dialog over the page. The browser keeps the focus in it, closes it by Escape, and gives the focus back. */
export function Modal({ label, isWide = false, children }: ModalProps) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const { current } = element;
    current?.showModal();
    return () => current?.close();
  }, []);
  return (
    <dialog
      ref={element}
      class={isWide ? "wide" : undefined}
      aria-label={label}
      onClose={closeDialog}
      onClick={({ target }) => {
        // What lies around the content is the dialog itself.
        if (target === element.current) closeDialog();
      }}
    >
      {children}
    </dialog>
  );
}
