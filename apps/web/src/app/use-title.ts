import { useEffect } from 'react'

/** Title of the browser tab: `(3) Конверты · Muhr` while something needs the person. */
export function pageTitle(name: string, waiting = 0): string {
  return `${waiting > 0 ? `(${waiting}) ` : ''}${name === '' ? '' : `${name} · `}Muhr`
}

export function useTitle(name: string, waiting = 0): void {
  useEffect(() => {
    document.title = pageTitle(name, waiting)
  }, [name, waiting])
}
