import type { Recipient } from '@muhr/envelope'
import { isPkiError, nationalIdentity, type SeparateSigner, splitSignedData } from '@muhr/pki'
import { normalisePhone, type SaidSignature } from '@muhr/signme'
import { isCompanyInn } from './signer-of.ts'

/** Clocks of a signer and ours may differ by so much (trap T15). */
const clockSlackMs = 300_000

/** Signing times are written in whole seconds (RFC 5652 §11.3). */
const secondMs = 1_000

/** What a container holds for one recipient. */
export type Match =
  /** Their signature, after the request. */
  | {
      readonly kind: 'own'
      readonly container: Uint8Array
      readonly isDetached: boolean
      readonly isVouched: boolean
      /**
       * Nothing speaks against it being of this very request: it was made since, a person signed for themselves, and
       * of the staff of a company it was who was asked. Where no status says that the request is signed, no other
       * counts.
       */
      readonly isCertain: boolean
    }
  /** Theirs, but of an earlier request over the same octets (traps T15, T16). */
  | { readonly kind: 'earlier' }
  /** Somebody else's, after the request. */
  | { readonly kind: 'other'; readonly container: Uint8Array; readonly isDetached: boolean }
  | { readonly kind: 'none' }

/**
 * Finds the signature of a recipient among all those under an MD5: by the identifiers of the certificate;
 * of a recipient without any, by the phone or e-mail that Sign.Me tells of the same certificate. Never by
 * a name. Nothing is verified here.
 *
 * @param said what Sign.Me says of the same MD5; read only where no identifier tells the person
 */
export function matchSigner(
  container: Uint8Array,
  wanted: {
    readonly recipient: Recipient
    readonly method: string
    readonly sentAt: string
    readonly said: readonly SaidSignature[]
  },
): Match {
  const { recipient, method, sentAt, said } = wanted
  const signers = splitSignedData(container)
  const isAlone = isContactAlone(recipient)
  const isTheirs = (signer: SeparateSigner) =>
    isAlone ? isSaidOf(signer, recipient, said) : isCertifiedOf(signer, recipient)
  const since = Date.parse(sentAt) - clockSlackMs
  const isAfter = ({ signingTime }: SeparateSigner) =>
    // One that says nothing of its time is not known to be of another request.
    signingTime === undefined || signingTime.getTime() >= since
  const newestFirst = signers.toSorted(
    (one, other) => (other.signingTime?.getTime() ?? 0) - (one.signingTime?.getTime() ?? 0),
  )
  const theirs = newestFirst.filter(isTheirs)
  const isCertain = (signer: SeparateSigner) =>
    isMadeSince(signer, Date.parse(sentAt) - secondMs) &&
    (method === 'COMPANY' || !isForOrganisation(signer)) &&
    (!isOneOfMany(recipient) || isSaidOf(signer, recipient, said))
  const after = theirs.filter(isAfter)
  // Whoever signs for a company too has two signatures there: for themselves counts that of their own.
  const own = after.find(isCertain) ?? after[0]
  if (own !== undefined) {
    const { container: ofThem, isDetached } = own

    return {
      kind: 'own',
      container: ofThem,
      isDetached,
      isVouched: isAlone,
      isCertain: isCertain(own),
    }
  }
  const other = newestFirst.find((signer) => isAfter(signer) && !isTheirs(signer))
  if (other !== undefined) {
    return { kind: 'other', container: other.container, isDetached: other.isDetached }
  }

  return { kind: theirs.length > 0 ? 'earlier' : 'none' }
}

function isMadeSince({ signingTime }: SeparateSigner, since: number): boolean {
  return signingTime !== undefined && signingTime.getTime() >= since
}

/** Known by a company and a contact: the certificate of every colleague has the same numbers. */
export function isOneOfMany({ identifiers, contact }: Recipient): boolean {
  const isPerson =
    identifiers.snils !== undefined ||
    (identifiers.inn !== undefined && !isCompanyInn(identifiers.inn))

  return !isPerson && !isContactAlone({ identifiers }) && hasContact(contact)
}

function hasContact(contact: Recipient['contact']): boolean {
  return contact?.phone !== undefined || contact?.email !== undefined
}

/** Whether the certificate is that of somebody in an organisation; a sole trader is a person. */
function isForOrganisation({ certificate }: SeparateSigner): boolean {
  if (certificate === undefined) return false
  const { organisationInn, ogrn } = nationalIdentity(certificate)

  return organisationInn !== undefined || ogrn !== undefined
}

export function isContactAlone({ identifiers }: Pick<Recipient, 'identifiers'>): boolean {
  return Object.values(identifiers).every((value) => value === undefined)
}

function digits(text: string | undefined): string | undefined {
  return text?.replace(/\D/g, '')
}

/** None of the identifiers differs, and one at least is the same. */
function isCertifiedOf({ certificate }: SeparateSigner, { identifiers }: Recipient): boolean {
  if (certificate === undefined) return false
  const identity = nationalIdentity(certificate)
  const pairs = [
    [identifiers.snils, identity.snils],
    [identifiers.inn, isCompanyInn(identifiers.inn) ? identity.organisationInn : identity.inn],
    [identifiers.ogrn, identity.ogrn ?? identity.ogrnip],
  ].flatMap(([expected, certified]) =>
    expected === undefined || certified === undefined
      ? []
      : [[digits(expected), digits(certified)]],
  )

  return pairs.length > 0 && pairs.every(([expected, certified]) => expected === certified)
}

/** Sign.Me says that who has the contact signed by this very certificate. */
function isSaidOf(
  { certificate }: SeparateSigner,
  { contact }: Recipient,
  said: readonly SaidSignature[],
): boolean {
  const phone = contact?.phone
  const email = contact?.email?.toLowerCase()

  return said.some(({ person, container }) => {
    const saidPhone = person.phone === undefined ? undefined : normalisePhone(person.phone)
    const isThem =
      phone === undefined
        ? email !== undefined && person.email?.toLowerCase() === email
        : saidPhone === phone

    return (
      isThem &&
      certificate !== undefined &&
      container !== undefined &&
      certificateIn(container) === certificate.sha256
    )
  })
}

function certificateIn(container: Uint8Array): string | undefined {
  try {
    const [signer, ...others] = splitSignedData(container)

    return others.length > 0 ? undefined : signer?.certificate?.sha256
  } catch (error) {
    if (!isPkiError(error)) throw error

    return undefined
  }
}
