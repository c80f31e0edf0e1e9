import { createHash } from 'node:crypto'
import { parseCertificate, parseSignedData } from '@muhr/pki'
import { refuse } from './error.ts'
import { base64Of, flagOf, type Package, textOf } from './read-package.ts'
import type { Signature } from './request.ts'
import { mergeContainers } from './sign-files.ts'
import type { SignmeState } from './state.ts'
import { signaturesOf } from './state.ts'
import { moscowDate, moscowTime } from './times.ts'

/** Keys of a check (seed 1.2): `file` without t, and no key; public clients send one (T1). */
export const CHECK_KEYS: readonly string[] = ['file', 'md5', 'key']
export const COMPAT_CHECK_KEYS: readonly string[] = [...CHECK_KEYS, 'filet', 'api_key', 'pdf']

/**
 * Who signed a file (seed 1.2): by the MD5, or also the octets, that are given. An MD5 that nobody knows and a file
 * that nobody signed look the same. With `pdf` of the newer API a signed file itself comes too.
 *
 * @param baseUrl of the links to containers
 * @throws {SignmeRefusal} the errors of seed 5
 */
export async function checkFile(
  state: SignmeState,
  found: Package,
  baseUrl: string,
): Promise<Readonly<Record<string, unknown>>> {
  const md5 = md5Of(state, found)
  const signatures = signaturesOf(state, md5).filter(({ isHidden }) => isHidden !== true)
  const base = Number(state.switches.indexBase)
  const extra = signatures.some(({ isMiscounted }) => isMiscounted === true) ? 1 : 0
  const shown = await Promise.all(
    signatures.map((signature) => describeSignature(state, signature, baseUrl)),
  )

  return {
    count: signatures.length + extra,
    ...Object.fromEntries(shown.map((each, index) => [`signature_${index + base}`, each])),
    ...(flagOf(found, 'pdf') ? await pdfOf(state, signatures) : {}),
  }
}

/** What stands under `pdf`: the service puts a stamp into it, which nobody has described; here it has none. */
async function pdfOf(
  state: SignmeState,
  [signature]: readonly Signature[],
): Promise<{ readonly pdf?: string }> {
  const file = signature === undefined ? undefined : state.files.get(signature.rid)?.file
  if (file === undefined) return {}

  return { pdf: Buffer.from(await state.store.readFile(file.sha256)).toString('base64') }
}

function md5Of({ switches }: SignmeState, found: Package): string {
  const text = textOf(found, 'file') ?? (switches.fileAlias ? textOf(found, 'filet') : undefined)
  const given = textOf(found, 'md5')?.trim().toLowerCase()
  if (given === undefined && !(switches.md5Optional && text !== undefined)) {
    throw refuse(5, 'no hash')
  }
  if (text === undefined) return given ?? ''
  const bytes = base64Of(text, switches)
  if (bytes === undefined) throw refuse(1, 'wrong base64')
  const md5 = createHash('md5').update(bytes).digest('hex')
  if (given !== undefined && given !== md5) throw refuse(4, 'wrong hash')

  return md5
}

async function describeSignature(state: SignmeState, signature: Signature, baseUrl: string) {
  const { switches, accounts } = state
  const bytes = Buffer.from(signature.container, 'base64')
  const certificate = parseCertificate(Buffer.from(signature.certificate, 'base64'))
  const user = accounts.user(signature.userId)
  const company =
    signature.companyInn === undefined
      ? undefined
      : accounts.findCompany({ inn: signature.companyInn })
  const [name = '', ...patronymic] = (user?.givenName ?? '').split(' ')
  const container = await withContent(state, signature, bytes)
  const number = Number.parseInt(certificate.serialNumber.slice(-6), 16)

  return {
    value: Buffer.from(parseSignedData(bytes).signerInfos[0]?.signature ?? []).toString('base64'),
    pkcs7: `${baseUrl}/signaturecheck/get_t_pkcs/hash/${signature.md5}/${signature.rid}`,
    pkcs64: Buffer.from(container).toString('base64'),
    sigdate: sigdate(signature.at, switches.sigdateFormat),
    person: {
      public_key: Buffer.from(certificate.spki.bytes).toString('base64'),
      key_id: number,
      crt_id: number + 1,
      crt_status: certificateStatus(state, certificate.serialNumber, certificate.notAfter),
      cr_date: moscowDate(certificate.notBefore.getTime()),
      exp_date: moscowDate(certificate.notAfter.getTime()),
      passport: { name, lastname: patronymic.join(' '), surname: user?.surname ?? '' },
      phone_number: user?.phone ?? '',
      email_address: user?.email ?? '',
    },
    ...(company === undefined
      ? {}
      : { company: { name: company.name, inn: company.inn, ogrn: company.ogrn } }),
  }
}

function sigdate(at: number, format: SignmeState['switches']['sigdateFormat']): string {
  if (format === 'iso') return new Date(at).toISOString()

  return format === 'epoch' ? String(Math.floor(at / 1000)) : moscowTime(at)
}

/** 0 valid, 3 revoked, 5 error: an expired one has no number of its own (seed 1.2). */
function certificateStatus(state: SignmeState, serialNumber: string, notAfter: Date): 0 | 3 | 5 {
  const isRevoked = (['ca-ru', 'foreign-ru'] as const).some((issuer) =>
    state.world.pki.revokedBy(issuer).some(({ record }) => record.serialNumber === serialNumber),
  )
  if (isRevoked) return 3

  return notAfter.getTime() < state.world.clock.now().getTime() ? 5 : 0
}

/** A container as it is handed out: with the content inside where the switch says so. */
async function withContent(
  state: SignmeState,
  { rid }: Signature,
  container: Uint8Array,
): Promise<Uint8Array> {
  if (!state.switches.attached) return container
  const file = state.files.get(rid)?.file
  if (file === undefined) return container

  return mergeContainers([container], await state.store.readFile(file.sha256))
}

/**
 * All signatures of a file in one container (seed 3), or those of one request.
 *
 * @returns `undefined` when there is none
 */
export async function containerOf(
  state: SignmeState,
  { md5, rid }: { readonly md5: string; readonly rid?: number },
): Promise<Uint8Array | undefined> {
  const signatures = signaturesOf(state, md5).filter(
    (each) => each.isHidden !== true && (rid === undefined || each.rid === rid),
  )
  const [first] = signatures
  if (first === undefined) return undefined
  const file = state.files.get(first.rid)?.file
  const content =
    state.switches.attached && file !== undefined
      ? await state.store.readFile(file.sha256)
      : undefined
  const containers = signatures.map(({ container }) => Buffer.from(container, 'base64'))
  const [only] = containers

  return only !== undefined && containers.length === 1 && content === undefined
    ? only
    : mergeContainers(containers, content)
}
