import { extensionOf } from '../format/texts.ts'

/** The small sheet of paper with the kind of the file on it. */
export function SheetMark({ fileName }: { readonly fileName: string }) {
  return (
    <span className="sheet-mark" aria-hidden="true">
      {extensionOf(fileName)}
    </span>
  )
}
