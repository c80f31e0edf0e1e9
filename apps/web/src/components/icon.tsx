import type { ReactNode } from 'react'

/** Our own drawings on a 16 px grid, 1.5 px line, round ends. */
const drawings = {
  mail: <path d="M2 4h12v9H2zM2 4.4l6 4.4 6-4.4" />,
  shield: <path d="M8 1.8 13 3.6v4c0 3.2-2 5.3-5 6.6-3-1.3-5-3.4-5-6.6v-4zM5.7 8l1.7 1.7 3-3.3" />,
  phone: (
    <path d="M5.9 1.5h4.2a1.4 1.4 0 0 1 1.4 1.4v10.2a1.4 1.4 0 0 1-1.4 1.4H5.9a1.4 1.4 0 0 1-1.4-1.4V2.9a1.4 1.4 0 0 1 1.4-1.4zM7.3 12.4h1.4" />
  ),
  chevron: <path d="m6 3.5 4.5 4.5L6 12.5" />,
  'chevron-down': <path d="M3.5 6 8 10.5 12.5 6" />,
  'chevron-up': <path d="M3.5 10.5 8 6l4.5 4.5" />,
  'arrow-up': <path d="M8 13V3.4M4.4 7 8 3.3 11.6 7" />,
  'arrow-down': <path d="M8 3v9.6M4.4 9 8 12.7 11.6 9" />,
  plus: <path d="M8 3v10M3 8h10" />,
  search: <path d="M11.5 7a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0zM10.4 10.4l3.1 3.1" />,
  check: <path d="m3 8.5 3.2 3.2L13 5" />,
  cross: <path d="m4 4 8 8m0-8-8 8" />,
  warn: <path d="M8 2l6.5 11.5h-13zM8 6.5v3M8 11.6v.1" />,
  info: <path d="M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM8 7.3v3.4M8 5v.1" />,
  question: (
    <path d="M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM6.3 6.4a1.8 1.8 0 1 1 2.5 1.7c-.6.3-.8.6-.8 1.2M8 11.3v.1" />
  ),
  clock: <path d="M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM8 4.5V8l2.3 1.6" />,
  refresh: <path d="M13 8a5 5 0 1 1-1.6-3.7M13 2.4V5h-2.6" />,
  copy: <path d="M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3" />,
  eye: <path d="M1.5 8c3-5 10-5 13 0-3 5-10 5-13 0zM10 8a2 2 0 1 1-4 0 2 2 0 0 1 4 0z" />,
  download: <path d="M8 2.5v8M4.8 7.5 8 10.7l3.2-3.2M3 13.5h10" />,
  upload: <path d="M8 10.5v-8M4.8 5.7 8 2.5l3.2 3.2M3 13.5h10" />,
  trash: <path d="M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.5 9h6l.5-9" />,
  link: (
    <path d="M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2-2a2.6 2.6 0 0 0-3.7-3.7l-.8.8M9.2 6.8a2.6 2.6 0 0 0-3.7 0l-2 2a2.6 2.6 0 0 0 3.7 3.7l.8-.8" />
  ),
  print: <path d="M4.5 6V2h7v4M4.5 11.5h-2V6h11v5.5h-2M4.5 9.5h7V14h-7z" />,
  qr: (
    <path d="M2.5 2.5h4v4h-4zM9.5 2.5h4v4h-4zM2.5 9.5h4v4h-4zM9.5 9.5H11M13.5 9.5V11M9.5 13.5v-2M12 12h1.5v1.5" />
  ),
  play: <path d="M4.5 2.8v10.4L13 8z" />,
  person: (
    <path d="M10.7 5.2a2.7 2.7 0 1 1-5.4 0 2.7 2.7 0 0 1 5.4 0zM2.8 13.7c.8-2.8 2.8-4.2 5.2-4.2s4.4 1.4 5.2 4.2" />
  ),
  key: <path d="M7.7 11a2.7 2.7 0 1 1-5.4 0 2.7 2.7 0 0 1 5.4 0zM7 9l6-6M10.5 5.5l1.8 1.8" />,
  plug: <path d="M5.5 2v3M10.5 2v3M4 5h8v3a4 4 0 0 1-8 0zM8 12v2.5" />,
  stamp: (
    <path d="M3 13.5h10M4 11h8V9.4c0-.9-2.6-.8-2.6-2.2 0-1 1-1.6 1-2.8a2.4 2.4 0 0 0-4.8 0c0 1.2 1 1.8 1 2.8C6.600 8.600 4 8.500 4 9.400z" />
  ),
  folder: <path d="M2 4h4.2l1.300 1.600H14V13H2z" />,
  bench: <path d="M2 4.5h12M2 8h7M2 11.5h4M11 9.5l2.5 2-2.5 2" />,
  flag: <path d="M3.5 14.5v-13M3.5 2.5h8.6L10.4 5.6l1.7 3.1H3.5" />,
} as const satisfies Record<string, ReactNode>

export type IconName = keyof typeof drawings

/** A drawing that always stands beside a word or inside a named button. */
export function Icon({ name, size = 's' }: { readonly name: IconName; readonly size?: 's' | 'l' }) {
  return (
    <svg viewBox="0 0 16 16" className={size === 'l' ? 'icon icon-l' : 'icon'} aria-hidden="true">
      {drawings[name]}
    </svg>
  )
}
