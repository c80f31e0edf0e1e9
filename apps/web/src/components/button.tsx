import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

export type ButtonLook = {
  readonly kind?: 'plain' | 'primary' | 'ghost' | 'danger' | undefined
  readonly size?: 's' | 'm' | 'l' | undefined
  readonly icon?: IconName | undefined
}

/** Classes of a button, for links of any router too. */
export function buttonClass(look: ButtonLook, extra?: string): string {
  const classes = ['button']

  if (look.kind !== undefined && look.kind !== 'plain') classes.push(`button-${look.kind}`)
  if (look.size !== undefined && look.size !== 'm') classes.push(`button-${look.size}`)
  if (extra !== undefined) classes.push(extra)

  return classes.join(' ')
}

type ButtonProps = ButtonLook &
  Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type'> & {
    readonly busy?: boolean
    /** Shown as disabled and kept focusable, so that the reason beside it can be read. */
    readonly blocked?: boolean
    /** A click on a blocked button: leads to what stands in the way. */
    readonly onBlocked?: () => void
    readonly submit?: boolean
  }

/** A verb with its object. While busy it keeps its width and takes no clicks. */
export function Button(props: ButtonProps) {
  const { kind, size, icon, busy, blocked, submit, className, children, ...more } = props
  const { onClick, onBlocked, ...rest } = more
  const isHeld = busy === true || blocked === true

  return (
    <button
      {...rest}
      type={submit === true ? 'submit' : 'button'}
      className={buttonClass({ kind, size }, className)}
      aria-busy={busy === true ? true : undefined}
      aria-disabled={isHeld ? true : undefined}
      onClick={(event) => {
        if (isHeld) {
          event.preventDefault()

          if (busy !== true) onBlocked?.()

          return
        }

        onClick?.(event)
      }}
    >
      {icon === undefined ? null : <ButtonIcon name={icon} size={size} />}
      <span>{children}</span>
      {busy === true ? <Dots /> : null}
    </button>
  )
}

type LinkProps = ButtonLook &
  AnchorHTMLAttributes<HTMLAnchorElement> & { readonly children: ReactNode }

/** A link that looks like a button. */
export function ButtonLink({ kind, size, icon, className, children, ...rest }: LinkProps) {
  return (
    <a {...rest} className={buttonClass({ kind, size }, className)}>
      {icon === undefined ? null : <ButtonIcon name={icon} size={size} />}
      <span>{children}</span>
    </a>
  )
}

type IconButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type' | 'aria-label'> & {
  readonly icon: IconName
  readonly label: string
}

/** A button that is only a drawing: always named, and the name is its tooltip. */
export function IconButton({ icon, label, className, ...rest }: IconButtonProps) {
  return (
    <button
      {...rest}
      type="button"
      className={className === undefined ? 'icon-button' : `icon-button ${className}`}
      aria-label={label}
      title={label}
    >
      <Icon name={icon} />
    </button>
  )
}

function ButtonIcon({
  name,
  size,
}: {
  readonly name: IconName
  readonly size: ButtonLook['size']
}) {
  return <Icon name={name} size={size === 'l' ? 'l' : 's'} />
}

function Dots() {
  return (
    <span className="button-dots" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  )
}
