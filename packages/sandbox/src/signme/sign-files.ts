import {
  type CmsSigner,
  createSignedData,
  createSigningKey,
  der,
  digestibleContent,
  parseCertificate,
  parseSignedData,
  signDigestedContent,
} from '@muhr/pki'
import { personName, type RussianSpec } from '../pki/russian-profile.ts'
import type { CertificateState, SignmeCompany, SignmeUser } from './accounts.ts'
import { sameMd5 } from './collision.ts'
import type { SignFault } from './faults.ts'
import type { SignmeState } from './state.ts'

/** The certificate of a user: of the person, or of the person in a company. */
export function userSpec(
  user: SignmeUser,
  company: SignmeCompany | undefined,
  state: CertificateState = user.certificate,
): RussianSpec {
  const rsa = user.algorithm === 'rsa-2048' ? '-rsa' : ''
  const kind = company === undefined ? '' : `-${company.inn}`

  return {
    name: `ru-signme-${user.snils.replace(/\D/g, '')}${kind}${rsa}${state === 'valid' ? '' : `-${state}`}`,
    algorithm: user.algorithm,
    state,
    isQualified: user.algorithm !== 'rsa-2048',
    hasKeyFiles: false,
    subject: [
      ['CN', company === undefined ? `${user.surname} ${user.givenName}` : company.name],
      ...personName(user),
      ...(company === undefined
        ? []
        : ([
            ['O', company.name],
            ['TITLE', 'Директор'],
            ['INNLE', company.inn],
            ['OGRN', company.ogrn],
          ] as const)),
    ],
  }
}

/** Somebody whom no trusted CA knows, for the container with one signer too many. */
const STRANGER: SignmeUser = {
  id: 'stranger',
  surname: 'ПОСТОРОННИЙ',
  givenName: 'ТЕСТ ТЕСТОВИЧ',
  phone: '',
  email: '',
  snils: '000-000-043 11',
  inn: '999900000308',
  password: '',
  smsCode: '',
  isActivated: false,
  algorithm: 'ru-2012-256',
  certificate: 'valid',
  behaviour: 'manual',
  delayMs: 0,
}

export type MadeSignature = {
  /** CMS SignedData, DER. */
  readonly container: Uint8Array
  /** The signer's certificate, DER. */
  readonly certificate: Uint8Array
  readonly user: SignmeUser
}

/**
 * Signs a file as Sign.Me does: detached CMS with contentType, messageDigest, signingTime and
 * signingCertificateV2, by the user's key, GOST R 34.10-2012/256 or RSA with SHA-256.
 *
 * @returns `undefined` when a fault asks for other octets of the same MD5 and there are none
 */
export async function signFile(
  state: SignmeState,
  content: Uint8Array,
  options: {
    readonly user: SignmeUser
    readonly company: SignmeCompany | undefined
    readonly fault: SignFault | undefined
    /** Signing time, ms. */
    readonly at: number
  },
): Promise<MadeSignature | undefined> {
  const { fault } = options
  const user = fault === 'other-user' ? otherUser(state, options) : options.user
  const signedContent = contentOf(content, fault)
  if (signedContent === undefined) return undefined
  const signerOf = async (spec: RussianSpec): Promise<CmsSigner> => {
    const { privateKey, certificate } = await state.world.pki.russianKey(spec)

    return {
      key: createSigningKey(privateKey),
      certificate: parseCertificate(certificate),
      signingTime: new Date(options.at),
    }
  }
  const certificateState = fault === 'revoked' || fault === 'expired' ? fault : user.certificate
  const signer = await signerOf(userSpec(user, options.company, certificateState))
  const signers =
    fault === 'extra-signer'
      ? [
          signer,
          await signerOf({
            ...userSpec(STRANGER, undefined),
            name: 'ru-signme-stranger',
            state: 'foreign',
          }),
        ]
      : [signer]
  const container =
    fault === 'broken-digest'
      ? await signDigestedContent({ content: digestOfNothing(signedContent), signers })
      : await createSignedData({ content: signedContent, form: 'detached', signers })

  return { container, certificate: signer.certificate.bytes, user }
}

function contentOf(content: Uint8Array, fault: SignFault | undefined): Uint8Array | undefined {
  if (fault === 'same-md5') return sameMd5(content)

  return fault === 'other-bytes' ? Buffer.concat([content, Buffer.from(' TEST')]) : content
}

/** Another person; of the same company where a company signs. */
function otherUser(
  { accounts }: SignmeState,
  { user, company }: { readonly user: SignmeUser; readonly company: SignmeCompany | undefined },
): SignmeUser {
  return (
    accounts
      .all()
      .users.find(
        ({ id, isActivated, certificate }) =>
          id !== user.id &&
          isActivated &&
          certificate === 'valid' &&
          (company === undefined || company.staff.includes(id)),
      ) ?? user
  )
}

/** Digests with one bit turned: a signature that is right over a messageDigest that is wrong. */
function digestOfNothing(content: Uint8Array): ReturnType<typeof digestibleContent> {
  const right = digestibleContent(content)

  return {
    ...right,
    digest: (oid) => {
      const digest = Uint8Array.from(right.digest(oid) ?? new Uint8Array())
      digest[0] = (digest[0] ?? 0) ^ 1

      return digest
    },
  }
}

const SIGNED_DATA = '1.2.840.113549.1.7.2'
const DATA = '1.2.840.113549.1.7.1'

/**
 * All SignerInfos in one SignedData (seed 3), octet for octet, with the certificates of all, whatever they are over:
 * whoever looks by MD5 does not ask that. `content` goes inside where containers are to be attached.
 */
export function mergeContainers(
  containers: readonly Uint8Array[],
  content?: Uint8Array,
): Uint8Array {
  const all = containers.map((each) => parseSignedData(each))
  const distinct = (parts: readonly Uint8Array[]): readonly Uint8Array[] => [
    ...new Map(parts.map((part) => [Buffer.from(part).toString('base64'), part])).values(),
  ]
  const digestAlgorithms = distinct(
    all.flatMap((data) => data.digestAlgorithms.map(({ bytes }) => bytes)),
  )

  return der.sequence(
    der.oid(SIGNED_DATA),
    der.context(
      0,
      der.sequence(
        der.integer(1),
        der.setOf(...digestAlgorithms),
        der.sequence(
          der.oid(DATA),
          ...(content === undefined ? [] : [der.context(0, der.octets(content))]),
        ),
        der.context(
          0,
          distinct(all.flatMap(({ certificateChoices }) => certificateChoices)).toSorted(
            Buffer.compare,
          ),
        ),
        der.setOf(
          ...distinct(all.flatMap(({ signerInfos }) => signerInfos.map(({ bytes }) => bytes))),
        ),
      ),
    ),
  )
}
