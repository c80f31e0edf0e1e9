import { type ReactNode, useEffect, useId, useRef } from 'react'

/**
 * A modal question that names its object and the consequence. The browser keeps the focus inside
 * and gives it back; Escape is "no".
 */
export function Dialog(props: {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  /** Buttons, the safe one first and focused. */
  readonly foot: ReactNode
  readonly testId?: string
}) {
  const box = useRef<HTMLDialogElement>(null)
  const titleId = useId()

  useEffect(() => {
    const element = box.current

    if (element === null) return
    // Phones older than the element itself show it in place.
    if (typeof element.showModal === 'function') element.showModal()
    else element.setAttribute('open', '')
    element.querySelector<HTMLElement>('[data-safe]')?.focus()
  }, [])

  return (
    <dialog
      ref={box}
      className="dialog"
      aria-labelledby={titleId}
      data-testid={props.testId}
      onCancel={(event) => {
        event.preventDefault()
        props.onClose()
      }}
    >
      <div className="dialog-body stack">
        <h2 id={titleId}>{props.title}</h2>
        {props.children}
      </div>
      <div className="dialog-foot">{props.foot}</div>
    </dialog>
  )
}
