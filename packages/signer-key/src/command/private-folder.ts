import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DigestibleContent, digestContent, type OctetSource, piecesOf } from '@muhr/pki'

/** A folder that only this user can enter, for the files that a program reads and writes. */
export type PrivateFolder = {
  readonly path: (name: string) => string
  /** Writes the content (mode 0600) and digests it on the way, in constant memory. */
  readonly place: (
    name: string,
    content: OctetSource,
    digestOid: string,
  ) => Promise<DigestibleContent>
}

/**
 * Gives `use` a new folder (mode 0700), which is gone afterwards with all that is in it.
 *
 * @param parent where it is made; default: the system's folder for temporary files
 */
export async function withPrivateFolder<T>(
  parent: string | undefined,
  use: (folder: PrivateFolder) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(parent ?? tmpdir(), 'muhr-seal-'))
  const path = (name: string): string => join(folder, name)
  try {
    return await use({
      path,
      place: async (name, content, digestOid) => {
        const file = await open(path(name), 'wx', 0o600)
        try {
          return await digestContent(
            writing(content, (piece) => file.writeFile(piece)),
            [digestOid],
          )
        } finally {
          await file.close()
        }
      },
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function* writing(
  content: OctetSource,
  write: (piece: Uint8Array) => Promise<unknown>,
): AsyncGenerator<Uint8Array> {
  for await (const piece of piecesOf(content)) {
    await write(piece)
    yield piece
  }
}
