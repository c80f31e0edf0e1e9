/** Files dropped on another page on their way to the form. */
let carried: readonly File[] = []

export function keepFiles(files: readonly File[]): void {
  carried = files
}

/** Takes the files that were carried here; a second call finds none. */
export function takeFiles(): readonly File[] {
  const files = carried
  carried = []

  return files
}
