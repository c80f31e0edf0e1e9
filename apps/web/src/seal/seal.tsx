import type { ReactNode } from 'react'
import { filledStar, outlineStar } from './star.ts'
import { type SealForm, type SealLook, type SealSign, type SealState, sealLooks } from './table.ts'

/** Signs drawn inside the star, in its 24-unit box. White where the star is filled. */
const signs: Readonly<Record<SealSign, ReactNode>> = {
  none: null,
  key: (
    <>
      <circle cx="9.9" cy="13.6" r="2.1" />
      <path d="m11.5 12.1 4-4M14 9.6l1.5 1.5" />
    </>
  ),
  arrow: <path d="M12 15.6V8.7m-2.9 2.8L12 8.6l2.9 2.9" />,
  eye: (
    <>
      <path d="M7.1 12c2.5-3.8 7.3-3.8 9.8 0-2.5 3.8-7.3 3.8-9.8 0z" />
      <circle cx="12" cy="12" r="1" />
    </>
  ),
  check: <path d="m7.7 12.4 2.9 2.9 5.7-6.1" />,
  bar: <path d="M8.3 12h7.4" />,
  clock: <path d="M12 8.1v4.2l2.6 1.7" />,
  cross: <path d="m9.4 9.4 5.2 5.2m0-5.2-5.2 5.2" />,
  question: <path d="M9.7 9.9a2.4 2.4 0 1 1 3.5 2.2c-.8.4-1.2.9-1.2 1.7m0 2.7v.1" />,
  'not-equal': <path d="M8.3 10.3h7.4m-7.4 3.5h7.4m-1.8-6.2-3.8 8.9" />,
  bang: <path d="M12 7.5v5.4m0 3.3v.1" />,
}

/** The question of a half-filled seal stands in its empty half, small. */
const halfQuestion = (
  <path d="M13.9 10.2a1.7 1.7 0 1 1 2.4 1.6c-.5.2-.8.6-.8 1.2m0 1.9v.1" strokeWidth="1.5" />
)

const dashes: Partial<Record<SealForm, string>> = { dashed: '4 2.05', dotted: '.1 2.9' }

export type SealProps = {
  readonly state: SealState
  /** 16, 22, 28, 40 or 76 px. */
  readonly size?: 'xs' | 's' | 'm' | 'l' | 'xl'
  /** Word for screen readers; left out where the same word stands beside the seal. */
  readonly label?: string | undefined
  /** Presses the seal once: it was proved while somebody watched. */
  readonly pressed?: boolean | undefined
}

/**
 * The one status mark. It is filled only where Muhr itself has proved something (ui.md §1); a word
 * always stands beside it or is given as `label`.
 */
export function Seal({ state, size = 's', label, pressed }: SealProps) {
  const look = sealLooks[state]
  const classes = ['seal', `seal-${size}`, `tone-${look.tone}`]

  if (look.moving === true) classes.push('seal-moving')
  if (pressed === true) classes.push('seal-pressed')

  const name = classes.join(' ')

  return label === undefined ? (
    <svg viewBox="0 0 24 24" className={name} data-seal={state} aria-hidden="true">
      <Star look={look} />
    </svg>
  ) : (
    <svg viewBox="0 0 24 24" className={name} data-seal={state} role="img" aria-label={label}>
      <Star look={look} />
    </svg>
  )
}

function Star({ look }: { readonly look: SealLook }) {
  const isFilled = look.form === 'filled'

  return (
    <>
      {isFilled ? (
        <path className="seal-fill" d={filledStar} />
      ) : (
        <path className="seal-line" d={outlineStar} strokeDasharray={dashes[look.form]} />
      )}
      {look.form === 'half' ? <HalfStar /> : null}
      <g className={isFilled ? 'seal-sign seal-sign-on' : 'seal-sign'}>
        {look.form === 'half' && look.sign === 'question' ? halfQuestion : signs[look.sign]}
      </g>
    </>
  )
}

/** Nested view port instead of a clip path: needs no id, so that many seals may share a page. */
function HalfStar() {
  return (
    <svg
      x="0"
      y="0"
      width="12"
      height="24"
      viewBox="0 0 12 24"
      overflow="hidden"
      aria-hidden="true"
    >
      <path className="seal-fill" d={filledStar} />
    </svg>
  )
}

/** The mark of Muhr: the same star with a ring and the letter. */
export function Logo() {
  return (
    <svg viewBox="0 0 24 24" className="logo" aria-hidden="true">
      <path className="logo-star" d={filledStar} />
      <circle className="logo-ring" cx="12" cy="12" r="6.9" />
      <path className="logo-letter" d="M8.8 14.9V9.4l3.2 3.2 3.2-3.2v5.5" />
    </svg>
  )
}
