import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { closeDialog } from "../data/dialogs.ts";

/** A dialog over the page. The browser keeps the focus in it, closes it by Escape, and gives the focus back. */
export function Modal({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const { current } = element;
    current?.showModal();
    return () => current?.close();
  }, []);
  return (
    <dialog
      ref={element}
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
