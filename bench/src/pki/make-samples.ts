import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generatePrivateKey } from '@muhr/gost'
import {
  algorithmOid,
  buildCertificate,
  buildName,
  type Certificate,
  createSignedData,
  createSigningKey,
  encodePkcs8,
  extension,
  keyIdentifierOf,
  parseCertificate,
  randomSerialNumber,
  type SigningKey,
  schemeById,
  writePem,
} from '@muhr/pki'

/** A certificate with its key. */
export type Identity = { readonly certificate: Certificate; readonly key: SigningKey }

/** A Russian root with one authority, on CryptoPro-A: the curve on which most live signatures are. */
export type BenchPki = {
  readonly root: Identity
  readonly authority: Identity
  readonly signers: readonly Identity[]
}

const random = (length: number) => new Uint8Array(randomBytes(length))
const notBefore = new Date('2026-01-01T00:00:00Z')
const notAfter = new Date('2030-01-01T00:00:00Z')
const signingTime = new Date('2026-06-01T00:00:00Z')

async function issue(
  name: string,
  extensions: readonly Uint8Array[],
  issuer?: Identity,
): Promise<Identity> {
  const scheme = schemeById('ru-2012-256')
  if (scheme.family !== 'gost') {
    throw new TypeError('ru-2012-256 is a GOST scheme')
  }
  const key = createSigningKey(
    encodePkcs8({
      scheme,
      parameters: [algorithmOid.ruParameterSet256B],
      privateKey: generatePrivateKey('cryptopro-A', random),
    }),
  )
  const subject = buildName([
    ['CN', name],
    ['C', 'RU'],
  ])
  const bytes = await buildCertificate(
    {
      serialNumber: randomSerialNumber(random),
      issuer: issuer?.certificate.subject.bytes ?? subject,
      subject,
      notBefore,
      notAfter,
      spki: key.spki,
      extensions: [
        ...extensions,
        extension.subjectKeyIdentifier(keyIdentifierOf(key.spki)),
        extension.authorityKeyIdentifier(keyIdentifierOf((issuer?.key ?? key).spki)),
      ],
    },
    issuer?.key ?? key,
  )

  return { certificate: parseCertificate(bytes), key }
}

/** Makes the PKI with so many different signers. */
export async function makePki(signers: number): Promise<BenchPki> {
  const ca = [
    extension.basicConstraints({ ca: true }),
    extension.keyUsage(['keyCertSign', 'cRLSign']),
  ]
  const root = await issue('TEST BENCH ROOT', ca)
  const authority = await issue('TEST BENCH CA', ca, root)
  const leaf = [extension.keyUsage(['digitalSignature', 'nonRepudiation'])]
  const made: Identity[] = []
  for (let index = 0; index < signers; index += 1) {
    made.push(await issue(`TEST BENCH SIGNER ${index}`, leaf, authority))
  }

  return { root, authority, signers: made }
}

/** A detached signature with the authority's certificate inside. */
export function signDetached(
  pki: BenchPki,
  { signer, content }: { readonly signer: Identity; readonly content: Uint8Array },
): Promise<Uint8Array> {
  return createSignedData({
    content,
    form: 'detached',
    signers: [{ ...signer, signingTime }],
    certificates: [pki.authority.certificate.bytes],
  })
}

/**
 * A folder of `NAME` and `NAME.p7s`, each content and signature different, beside `root.pem`.
 *
 * @returns names of the documents
 */
export async function makeFolder(
  pki: BenchPki,
  {
    folder,
    count,
    contentBytes,
  }: { readonly folder: string; readonly count: number; readonly contentBytes: number },
): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true })
  const names: string[] = []
  for (let index = 0; index < count; index += 1) {
    const content = random(contentBytes)
    const signer = pki.signers[index % pki.signers.length]
    if (signer === undefined) {
      throw new RangeError('the PKI has no signer')
    }
    const name = `document-${String(index).padStart(4, '0')}.bin`
    await writeFile(join(folder, name), content)
    await writeFile(join(folder, `${name}.p7s`), await signDetached(pki, { signer, content }))
    names.push(name)
  }

  return names
}

/** Writes the root's certificate as PEM. */
export async function writeRoot(pki: BenchPki, file: string): Promise<void> {
  await writeFile(file, writePem('CERTIFICATE', pki.root.certificate.bytes))
}

/** A file of random octets, written piece by piece. */
export async function writeLargeFile(file: string, bytes: number): Promise<void> {
  const stream = createWriteStream(file)
  const piece = 1024 * 1024
  for (let written = 0; written < bytes; written += piece) {
    if (!stream.write(random(Math.min(piece, bytes - written)))) {
      await new Promise<void>((resolve) => {
        stream.once('drain', () => resolve())
      })
    }
  }
  await new Promise<void>((resolve, reject) =>
    stream.end((error?: Error | null) => (error ? reject(error) : resolve())),
  )
}

/** Is there an OpenSSL with the GOST engine, the peer of this suite? */
export function findEngine(): string | undefined {
  try {
    const folder = execFileSync('openssl', ['version', '-e'], { encoding: 'utf8' })
    const path = /"(.+)"/.exec(folder)?.[1]
    const engine = path === undefined ? undefined : join(path, 'gost.so')
    execFileSync('openssl', ['engine', 'gost', '-t'], { stdio: 'ignore' })

    return engine
  } catch {
    return undefined
  }
}
