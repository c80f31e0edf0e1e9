import { readFile } from 'node:fs/promises'
import { verifySender } from '../esia/verify-sender.ts'
import type { Organisation } from '../pki/russian-profile.ts'
import { withFile } from './file-source.ts'
import type { PackageFile } from './open-package.ts'
import type { EpguState } from './state.ts'

const MAX_SIGNATURE_BYTES = 1_000_000

/**
 * Every file has its signatures, each a detached CMS that verifies over it, by a certificate of the sending
 * organisation (seed 000), CAdES-BES unless the switch allows less (ru-epgu-goskey §5.4, §6).
 */
export async function checkSignatures(
  state: EpguState,
  options: {
    readonly files: readonly PackageFile[]
    readonly signatures: readonly PackageFile[]
    readonly namesOf: (name: string) => readonly string[]
    /** The organisation that the token speaks for. */
    readonly sender: Organisation
    /** When the package was sent. */
    readonly now: Date
    readonly refuse: (message: string) => Error
  },
): Promise<void> {
  const { files, signatures, namesOf, refuse } = options
  const used = new Set<PackageFile>()
  for (const file of files) {
    for (const name of namesOf(file.name)) {
      const signature = signatures.find((each) => each.name === name)
      if (signature === undefined) throw refuse(`Нет подписи ${name}`)
      used.add(signature)
      const reason = await findFault(state, { ...options, file, signature })
      if (reason !== undefined) throw refuse(`Подпись ${name} не прошла проверку: ${reason}`)
    }
  }
  const stray = signatures.find((each) => !used.has(each) && each.name !== 'sign_config.xml.sig')
  if (stray !== undefined) throw refuse(`Подпись ${stray.name} ни к чему не относится`)
}

async function findFault(
  { world, switches }: EpguState,
  {
    file,
    signature,
    sender,
    now,
  }: {
    readonly file: PackageFile
    readonly signature: PackageFile
    readonly sender: Organisation
    readonly now: Date
  },
): Promise<string | undefined> {
  if (signature.size > MAX_SIGNATURE_BYTES) return 'too large'
  const bytes = await readFile(signature.path)
  const check = await withFile(file.path, (content) =>
    verifySender(world, { signature: bytes, content, now }),
  )
  if (!check.isGood) return check.reason
  if (check.isAttached) return 'the content is inside'
  if (check.inn !== sender.inn || check.ogrn !== sender.ogrn) {
    return 'the certificate is not of the sending organisation'
  }
  if (!check.isCades && !switches.plainCms) return 'no signingCertificateV2'

  return undefined
}
