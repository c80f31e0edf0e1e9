import { useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import { readStored, writeStored } from './preferences.ts'

/**
 * Whether the side bar shows icons alone. In the workbench, which is wide, it does by itself; a choice is
 * remembered, there and elsewhere apart.
 */
export function useNarrowBar(): { readonly isNarrow: boolean; readonly toggle: () => void } {
  const { pathname } = useLocation()
  const isBench = pathname.startsWith('/workbench')
  const key = isBench ? 'muhr.bar.workbench' : 'muhr.bar'
  const [, setChanges] = useState(0)
  const stored = readStored(key)
  const isNarrow = stored === undefined ? isBench : stored === 'narrow'

  return {
    isNarrow,
    toggle: () => {
      writeStored(key, isNarrow ? 'wide' : 'narrow')
      setChanges((count) => count + 1)
    },
  }
}
