import { decodeContainer, isPkiError } from '@muhr/pki'
import {
  describeSignerKey,
  expectReady,
  openSoftwareKey,
  readCspCertificate,
  readRemoteCertificate,
  readThumbprint,
  readTokenCertificate,
  type SignerKeyDescription,
  SignerKeyError,
} from '@muhr/signer-key'
import { readZip, ZipError } from '@muhr/zip'
import type { AppContext } from '../app-context.ts'
import type { NewKeyBody } from '../http/schemas/key-schemas.ts'
import { askRevocation } from './ask-revocation.ts'
import type { KeyMaterial, KeySettings } from './key-material.ts'
import { cspSettings, openSignerKey, tokenSettings } from './open-signer-key.ts'
import { checkServiceHost } from './service-hosts.ts'

/** A new key, tried and ready to be stored. */
export type PreparedKey = {
  readonly description: SignerKeyDescription
  readonly settings: KeySettings
  readonly material: KeyMaterial
}

type Context = Pick<AppContext, 'config' | 'now' | 'trust'>
type WishOf<Kind extends NewKeyBody['kind']> = Extract<NewKeyBody, { kind: Kind }>

/** The folder of a container has six files of a few kilobytes. */
const containerLimits = { entries: 32, totalBytes: 512 * 1024, ratio: 100 } as const

/**
 * Opens what was sent, finds its certificate, and refuses what could never sign: a wrong PIN, a
 * certificate of another key, of no organisation, of another algorithm, one that has ended or was revoked.
 * Throws `SignerKeyError`.
 */
export async function prepareSignerKey(app: Context, wish: NewKeyBody): Promise<PreparedKey> {
  const prepared = await prepare(app, wish)
  const { description } = prepared
  // A certificate that begins tomorrow may be added today.
  const at = new Date(Math.max(app.now().getTime(), description.notBefore.getTime()))
  expectReady(description, {
    at,
    revocation: await askRevocation(app, description.certificate),
  })

  return prepared
}

async function prepare(app: Context, wish: NewKeyBody): Promise<PreparedKey> {
  switch (wish.kind) {
    case 'pkcs12':
    case 'pem':
    case 'cryptopro-container':
      return prepareSoftware(wish)
    case 'csp':
      return prepareCsp(app, wish)
    case 'pkcs11':
      return prepareToken(app, wish)
    case 'remote':
      return prepareRemote(app, wish)
    case 'browser-plugin': {
      const settings: KeySettings = { kind: 'browser-plugin' }
      const certificate = certificateOf(wish.certificate)

      return { description: describeSignerKey(wish.kind, certificate), settings, material: {} }
    }
  }
}

async function prepareSoftware(
  wish: WishOf<'pkcs12' | 'pem' | 'cryptopro-container'>,
): Promise<PreparedKey> {
  const { pin, thumbprint, certificate } = wish
  const files = new Map(filesOf(wish))
  if (certificate !== undefined) {
    files.set('certificate.cer', certificateOf(certificate))
  }
  const { description } = await openSoftwareKey({ files, pin, thumbprint })
  if (description.kind !== wish.kind) {
    throw new SignerKeyError({
      code: 'signer-key.unreadable',
      message: 'The file holds a key of another kind than was said.',
      data: { kind: description.kind },
    })
  }

  return {
    description,
    settings: { kind: wish.kind },
    material: {
      pin,
      files: Object.fromEntries(
        [...files].map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]),
      ),
    },
  }
}

function filesOf(
  wish: WishOf<'pkcs12' | 'pem' | 'cryptopro-container'>,
): ReadonlyMap<string, Uint8Array> {
  if (wish.kind !== 'cryptopro-container') {
    return new Map([['key', octetsOf(wish.file)]])
  }
  const { file, files } = wish
  if ((file === undefined) === (files === undefined)) {
    throw new SignerKeyError({
      code: 'signer-key.unreadable',
      message: 'A container is either a zip or its files.',
    })
  }

  return file === undefined
    ? new Map(Object.entries(files ?? {}).map(([name, text]) => [name, octetsOf(text)]))
    : readContainer(octetsOf(file))
}

const octetsOf = (text: string) => new Uint8Array(Buffer.from(text, 'base64'))

function readContainer(zip: Uint8Array): ReadonlyMap<string, Uint8Array> {
  try {
    return readZip(zip, { limits: containerLimits })
  } catch (error) {
    if (error instanceof ZipError) {
      throw new SignerKeyError({
        code: 'signer-key.unreadable',
        message: 'The folder of the container is not a zip that can be read.',
        data: { reason: error.code },
        cause: error,
      })
    }
    throw error
  }
}

async function prepareCsp(app: Context, wish: WishOf<'csp'>): Promise<PreparedKey> {
  const { tool, pin } = wish
  const settings = { kind: 'csp', tool } as const
  const thumbprint = readThumbprint(wish.thumbprint)
  const certificate =
    wish.certificate === undefined
      ? await readCspCertificate({ ...cspSettings(app, settings), thumbprint, pin })
      : certificateOf(wish.certificate)

  return check(app, { settings, material: { pin }, certificate, thumbprint })
}

async function prepareToken(app: Context, wish: WishOf<'pkcs11'>): Promise<PreparedKey> {
  const { kind, module, keyId, tokenLabel, digest, pin } = wish
  const settings = { kind, module, keyId, tokenLabel, digest }
  const token = tokenSettings(app, settings)
  const certificate =
    wish.certificate === undefined
      ? await readTokenCertificate({ ...token, pin })
      : certificateOf(wish.certificate)
  const { sha1 } = describeSignerKey(kind, certificate)

  return check(app, { settings, material: { pin }, certificate, thumbprint: sha1 })
}

async function prepareRemote(app: Context, wish: WishOf<'remote'>): Promise<PreparedKey> {
  const { kind, url, sends, secret } = wish
  checkServiceHost(app, url)
  const thumbprint = readThumbprint(wish.thumbprint)
  const certificate =
    wish.certificate === undefined
      ? await readRemoteCertificate({ url, sends, secret, thumbprint }, { fetch, now: app.now })
      : certificateOf(wish.certificate)

  return check(app, {
    settings: { kind, url, sends },
    material: { secret },
    certificate,
    thumbprint,
  })
}

async function check(app: Context, key: Parameters<typeof openSignerKey>[1]): Promise<PreparedKey> {
  const { description } = await openSignerKey(app, key)

  return { description, settings: key.settings, material: key.material }
}

/** A certificate as people have it: DER or PEM, in base64. Throws `signer-key.unreadable`. */
function certificateOf(text: string): Uint8Array {
  try {
    return decodeContainer(new Uint8Array(Buffer.from(text, 'base64')))
  } catch (error) {
    if (isPkiError(error)) {
      throw new SignerKeyError({
        code: 'signer-key.unreadable',
        message: 'The certificate cannot be read.',
        data: { reason: error.code },
        cause: error,
      })
    }
    throw error
  }
}
