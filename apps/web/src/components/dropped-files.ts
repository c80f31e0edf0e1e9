/** Most files that are taken out of dropped folders. */
const mostFiles = 200

/**
 * The files of a drop, those inside of dropped folders too. Must be called while the event is handled:
 * the browser forgets the folders afterwards.
 */
export function droppedFiles(transfer: DataTransfer): Promise<readonly File[]> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry?.() ?? [])
  const plain = [...transfer.files]

  return entries.some((entry) => entry.isDirectory)
    ? Promise.all(entries.map(filesIn)).then((found) => found.flat().slice(0, mostFiles))
    : Promise.resolve(plain)
}

async function filesIn(entry: FileSystemEntry): Promise<readonly File[]> {
  if (entry.isFile) {
    return [
      await new Promise<File>((resolve, reject) =>
        (entry as FileSystemFileEntry).file(resolve, reject),
      ),
    ]
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const found: File[] = []
  // A reader gives at most a hundred at a time, and nothing when there is no more.
  for (;;) {
    const some = await new Promise<readonly FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0 || found.length >= mostFiles) return found
    found.push(...(await Promise.all(some.map(filesIn))).flat())
  }
}
