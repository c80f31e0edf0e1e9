import { useEffect, useState } from 'react'

/** True once `isOn` has lasted `delayMs`: what loads faster shows no skeleton at all. */
export function useDelayed(isOn: boolean, delayMs = 300): boolean {
  const [isShown, setShown] = useState(false)

  useEffect(() => {
    if (!isOn) {
      setShown(false)

      return
    }

    const timer = setTimeout(() => setShown(true), delayMs)

    return () => clearTimeout(timer)
  }, [isOn, delayMs])

  return isShown
}
