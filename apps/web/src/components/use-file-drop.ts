import { useEffect, useRef, useState } from 'react'
import { droppedFiles } from './dropped-files.ts'

/**
 * Lets files and folders be dropped anywhere on the page. Returns whether files are held over it right now.
 * Text or links that are dragged do not count.
 */
export function useFileDrop(onFiles: (files: readonly File[]) => void): boolean {
  const [isOver, setOver] = useState(false)
  const take = useRef(onFiles)

  useEffect(() => {
    take.current = onFiles
  })

  useEffect(() => {
    // Entering a child fires before leaving its parent: the depth tells when the page is left.
    let depth = 0
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return

      event.preventDefault()
      depth += 1
      setOver(true)
    }
    const over = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault()
    }
    const leave = (event: DragEvent) => {
      if (!hasFiles(event)) return

      depth -= 1

      if (depth <= 0) setOver(false)
    }
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return

      event.preventDefault()
      depth = 0
      setOver(false)

      if (event.dataTransfer === null) return

      void droppedFiles(event.dataTransfer).then((files) => take.current(files))
    }
    document.addEventListener('dragenter', enter)
    document.addEventListener('dragover', over)
    document.addEventListener('dragleave', leave)
    document.addEventListener('drop', drop)

    return () => {
      document.removeEventListener('dragenter', enter)
      document.removeEventListener('dragover', over)
      document.removeEventListener('dragleave', leave)
      document.removeEventListener('drop', drop)
    }
  }, [])

  return isOver
}
