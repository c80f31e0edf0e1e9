/** The files of a CryptoPro container, as CSP writes them into NAME.000. */
export const containerFiles = [
  'header.key',
  'masks.key',
  'masks2.key',
  'name.key',
  'primary.key',
  'primary2.key',
] as const

/** What a person gave us, understood by names and first octets. */
export type ChosenKey = {
  readonly kind: 'pkcs12' | 'pem' | 'cryptopro-container'
  /** One file of a key or of a zipped container; several of a container folder. */
  readonly files: readonly File[]
  /** A certificate beside the key. */
  readonly certificate: File | undefined
  /** Files of a container that are not there. */
  readonly missing: readonly string[]
}

export type KeyFiles = {
  readonly key: ChosenKey | undefined
  readonly certificate: File | undefined
  /** Names of files that are neither key nor certificate. */
  readonly strangers: readonly string[]
}

type Role = 'container' | 'zip' | 'pkcs12' | 'pem' | 'certificate' | 'unknown'

const baseName = (file: File) => file.name.split('/').at(-1)?.toLowerCase() ?? ''

/** Sorts files that were chosen or dropped: a key store, a key with its certificate, a container. */
export async function readKeyFiles(files: readonly File[]): Promise<KeyFiles> {
  const roles = await Promise.all(
    files.map(async (file) => ({ file, role: await roleOf(file) }) as const),
  )
  const of = (role: Role) => roles.filter((each) => each.role === role).map(({ file }) => file)
  const [certificate] = of('certificate')
  const strangers = of('unknown').map(({ name }) => name)
  const parts = of('container')
  const has = new Set(parts.map(baseName))
  const [store] = of('pkcs12')
  const [pem] = of('pem')
  const [zip] = of('zip')
  const chosen = (
    kind: ChosenKey['kind'],
    own: readonly File[],
    missing: readonly string[] = [],
  ): KeyFiles => ({ key: { kind, files: own, certificate, missing }, certificate, strangers })
  if (parts.length > 0) {
    return chosen(
      'cryptopro-container',
      parts,
      containerFiles.filter((name) => !has.has(name)),
    )
  }
  if (store !== undefined) return chosen('pkcs12', [store])
  if (pem !== undefined) return chosen('pem', [pem])
  if (zip !== undefined) return chosen('cryptopro-container', [zip])

  return { key: undefined, certificate, strangers }
}

async function roleOf(file: File): Promise<Role> {
  const name = baseName(file)
  if (containerFiles.some((each) => each === name)) return 'container'
  if (/\.(p12|pfx)$/.test(name)) return 'pkcs12'
  if (/\.(cer|crt)$/.test(name)) return 'certificate'
  const head = new Uint8Array(await file.slice(0, 4096).arrayBuffer())
  if (head[0] === 0x50 && head[1] === 0x4b) return 'zip'
  const text = new TextDecoder('latin1').decode(head)
  if (/-----BEGIN (?:ENCRYPTED )?PRIVATE KEY/.test(text)) return 'pem'
  if (text.includes('-----BEGIN CERTIFICATE')) return 'certificate'

  return roleOfDer(head)
}

/** PFX begins with version 3 (RFC 7292), PKCS#8 with version 0 or 1 (RFC 5208), X.509 with a SEQUENCE. */
function roleOfDer(head: Uint8Array): Role {
  if (head[0] !== 0x30) return 'unknown'
  const length = head[1] ?? 0
  const at = 2 + (length >= 0x80 ? length - 0x80 : 0)
  if (head[at] === 0x30) return head[at + 1] === undefined ? 'unknown' : roleOfSequence(head, at)
  if (head[at] !== 0x02 || head[at + 1] !== 1) return 'unknown'

  return head[at + 2] === 3 ? 'pkcs12' : 'pem'
}

/** tbsCertificate begins with [0] version or its serial number; an encrypted PKCS#8 with an OID. */
function roleOfSequence(head: Uint8Array, at: number): Role {
  const length = head[at + 1] ?? 0
  const inner = at + 2 + (length >= 0x80 ? length - 0x80 : 0)

  return head[inner] === 0x06 ? 'pem' : 'certificate'
}
