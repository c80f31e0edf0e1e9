import { equalOctets } from '../asn1/bytes.ts'
import { isPkiError } from '../error.ts'
import { checkSigned } from '../keys/check-signed.ts'
import { type SchemeId, signatureSchemes } from '../keys/schemes.ts'
import { allReasons, type DistributionPoint } from '../x509/distribution-points.ts'
import { matchNames } from '../x509/match-names.ts'
import { extensionOid } from '../x509/oids.ts'
import type { Certificate } from '../x509/parse-certificate.ts'
import type { CertificateAndIssuer } from './cert-id.ts'
import type { CrlEntry } from './crl-entries.ts'
import { coveredReasons, isInScope, isOfPointIssuer, pointsOf } from './crl-scope.ts'
import { type CrlRefusal, type CrlSigner, findCrlSigner } from './find-crl-signer.ts'
import { type CertificateList, parseCrl } from './parse-crl.ts'
import { type Freshness, type RevocationFact, type RevocationSource, staleness } from './types.ts'

/** What revocation lists are checked against. */
export type CrlCheck = CertificateAndIssuer &
  Freshness & {
    /** Lists at hand, complete and delta, of whatever issuers; as received, or as read before. */
    readonly crls: readonly (Uint8Array | CertificateList)[]
    /**
     * Certificates whose keys may sign lists beside the issuer itself (RFC 5280 §6.3.3 (f)): other keys
     * of its name, and issuers of indirect lists. The caller has validated them to the same anchor.
     */
    readonly signers?: readonly Certificate[]
    /** Schemes that lists may be signed with. Default: all with an unbroken digest. */
    readonly allowedSchemes?: readonly SchemeId[]
  }

const understood: ReadonlySet<string> = new Set([
  extensionOid.crlNumber,
  extensionOid.authorityKeyIdentifier,
  extensionOid.issuerAltName,
  extensionOid.deltaCrlIndicator,
  extensionOid.issuingDistributionPoint,
  extensionOid.freshestCrl,
])

const defaultSchemes: readonly SchemeId[] = signatureSchemes
  .filter(({ historic }) => !historic)
  .map(({ id }) => id)

/** A list that may be believed about the certificate, current or not. */
type Usable = CrlSigner & { readonly crl: CertificateList }

/** RFC 5280 §5.2, §5.3: what is critical and unknown forbids to use the list for anybody. */
const unknownCritical = ({
  extensions,
  entries,
  scope,
}: CertificateList): CrlRefusal | undefined => {
  const code = 'unknown-critical-extension'
  const unknown = extensions.find(({ oid, critical }) => critical && !understood.has(oid))
  if (unknown !== undefined) {
    return { code, detail: unknown.oid }
  }
  // An entry of another issuer has no place in a list that does not say that it is indirect.
  return entries.unknownCritical || (entries.hasCertificateIssuer && scope?.indirect !== true)
    ? { code, detail: 'entry' }
    : undefined
}

/** RFC 5280 §5.1.2.5 requires nextUpdate; without it nobody can say how long silence means good. */
const stalenessOf = ({ thisUpdate, nextUpdate }: CertificateList, freshness: Freshness) =>
  nextUpdate === undefined ? 'stale' : staleness({ thisUpdate, nextUpdate }, freshness)

/** RFC 5280 §6.3.3 (b), (f), (g): everything that must hold but that the list is current. */
const examine = (
  crl: CertificateList,
  { check, point }: { readonly check: CrlCheck; readonly point: DistributionPoint },
): Usable | CrlRefusal => {
  const { certificate, issuer, signers = [], allowedSchemes = defaultSchemes } = check
  if (!isOfPointIssuer(crl, { certificate, point })) {
    return { code: 'issuer-mismatch' }
  }
  const signed = findCrlSigner(crl, { candidates: [issuer, ...signers], allowedSchemes })
  if ('code' in signed) {
    return signed
  }
  const refusal = unknownCritical(crl)
  if (refusal !== undefined) {
    return refusal
  }
  return isInScope(crl, { certificate, point }) ? { crl, ...signed } : { code: 'scope-mismatch' }
}

/** RFC 5280 §5.2.4, §6.3.3 (c), (h): does the delta continue this base, under the same key? */
const continues = (delta: CertificateList, { crl: base, signer }: Usable): boolean =>
  delta.deltaBase !== undefined &&
  base.crlNumber !== undefined &&
  delta.crlNumber !== undefined &&
  delta.deltaBase <= base.crlNumber &&
  delta.crlNumber >= base.crlNumber &&
  delta.authorityKeyIdentifier === base.authorityKeyIdentifier &&
  matchNames(delta.issuer, base.issuer) &&
  equalOctets(delta.scope?.bytes ?? new Uint8Array(), base.scope?.bytes ?? new Uint8Array()) &&
  unknownCritical(delta) === undefined &&
  checkSigned(delta, signer.spki).status === 'valid'

const latest = (left: CertificateList, right: CertificateList): number =>
  right.thisUpdate.getTime() - left.thisUpdate.getTime()

/** A complete list with the delta that brings it up to date, if any: what is believed together. */
type Word = {
  readonly base: Usable
  readonly delta: CertificateList | undefined
  /** A later delta beyond its nextUpdate: it proves no silence, but what it revoked stays revoked. */
  readonly staleDelta?: CertificateList
}

const newestOf = ({ base, delta }: Word): CertificateList => delta ?? base.crl

const aboutWord = (word: Word): RevocationSource => {
  const { thisUpdate, nextUpdate } = newestOf(word)
  return {
    source: 'crl',
    thisUpdate,
    ...(nextUpdate === undefined ? {} : { nextUpdate }),
    signer: word.base.signer,
    scheme: word.base.scheme,
    delta: word.delta !== undefined,
  }
}

/** The entry that revokes: the delta's wins, and may take one back (RFC 5280 §6.3.3 (i)–(k)). */
const findRevocation = (
  { base, delta, staleDelta }: Word,
  { serialNumber, issuer }: Certificate,
): CrlEntry | undefined => {
  const findIn = ({ entries, scope, issuer: crlIssuer }: CertificateList) =>
    entries.find(serialNumber, scope?.indirect === true ? { issuer, crlIssuer } : undefined)
  const changed = delta === undefined ? undefined : findIn(delta)
  const found = changed?.reason === 'removeFromCRL' ? undefined : (changed ?? findIn(base.crl))
  const late = staleDelta === undefined ? undefined : findIn(staleDelta)
  const isFinal = late?.reason !== 'removeFromCRL' && late?.reason !== 'certificateHold'
  return found ?? (isFinal ? late : undefined)
}

const read = (crl: Uint8Array | CertificateList): CertificateList | CrlRefusal => {
  if (!(crl instanceof Uint8Array)) {
    return crl
  }
  try {
    return parseCrl(crl)
  } catch (error) {
    if (isPkiError(error)) {
      return { code: 'unreadable', detail: error.code }
    }
    throw error
  }
}

/** Of several refusals the first that is about the right list says most. */
const telling: readonly RevocationFailure[] = [
  'scope-mismatch',
  'delta-without-base',
  'signer-not-found',
  'issuer-mismatch',
]
type RevocationFailure = CrlRefusal['code']

const mostTelling = (refusals: readonly CrlRefusal[]): CrlRefusal | undefined =>
  refusals.toSorted((left, right) => telling.indexOf(left.code) - telling.indexOf(right.code))[0]

/** Lists of one issuer that are looked at, the latest ones: a pile of them is an attack. */
const maxLists = 64

/** What the lists of one point say: words in their order, and why others say nothing. */
const listen = (
  lists: readonly CertificateList[],
  { check, point }: { readonly check: CrlCheck; readonly point: DistributionPoint },
): { readonly words: readonly Word[]; readonly refusals: readonly CrlRefusal[] } => {
  const refusals: CrlRefusal[] = []
  const words: Word[] = []
  const { certificate } = check
  const named = lists.filter((crl) => isOfPointIssuer(crl, { certificate, point }))
  const considered = named.toSorted(latest).slice(0, maxLists)
  const deltas = considered.filter(({ deltaBase }) => deltaBase !== undefined)
  const findDelta = (base: Usable, state: 'stale' | undefined): CertificateList | undefined =>
    deltas.find((each) => stalenessOf(each, check) === state && continues(each, base))
  for (const crl of considered) {
    const usable = examine(crl, { check, point })
    if ('code' in usable) {
      refusals.push(usable)
      continue
    }
    if (crl.deltaBase !== undefined) {
      const code = stalenessOf(crl, check) ?? 'delta-without-base'
      refusals.push({ code })
      continue
    }
    const delta = findDelta(usable, undefined)
    // RFC 5280 §6.3.3 (a)(1)(i): a current delta carries a base beyond its nextUpdate.
    const stale = stalenessOf(crl, check)
    if (stale === 'not-yet-valid' || (stale !== undefined && delta === undefined)) {
      refusals.push({ code: stale })
    } else {
      const staleDelta = delta === undefined ? findDelta(usable, 'stale') : undefined
      words.push({ base: usable, delta, ...(staleDelta === undefined ? {} : { staleDelta }) })
    }
  }
  if (lists.length > named.length) {
    refusals.push({ code: 'issuer-mismatch' })
  }
  return { words, refusals }
}

/** The oldest word bounds what all together know. */
const aboutWords = (words: readonly [Word, ...Word[]]): RevocationSource => {
  const oldest = words.reduce((left, right) =>
    newestOf(right).thisUpdate < newestOf(left).thisUpdate ? right : left,
  )
  const ends = words.flatMap((word) => newestOf(word).nextUpdate ?? [])
  const nextUpdate = ends.toSorted((left, right) => left.getTime() - right.getTime())[0]
  return {
    ...aboutWord(oldest),
    ...(nextUpdate === undefined ? {} : { nextUpdate }),
    delta: words.some(({ delta }) => delta !== undefined),
  }
}

/**
 * Says what revocation lists tell about a certificate, by RFC 5280 §6.3.3: for each distribution point
 * that it names, then for lists of its issuer that no point names, the latest usable list and the delta
 * that continues it, until every reason is covered. A list is usable when it is readable, of the right
 * issuer (the certificate's own, or an indirect one that the point names), signed by a key of `issuer` or
 * `signers` with cRLSign, without unknown critical extensions, of a scope that includes the certificate,
 * and current at `at`, itself or by its delta. Never throws for anything a list can hold.
 *
 * Without a word for every reason the fact is `unusable` with the most telling code; `undefined` when no
 * list was given at all.
 */
export const checkCrls = (check: CrlCheck): RevocationFact | undefined => {
  const { certificate } = check
  const refusals: CrlRefusal[] = []
  const lists: CertificateList[] = []
  for (const given of check.crls) {
    const crl = read(given)
    if ('code' in crl) {
      refusals.push(crl)
    } else {
      lists.push(crl)
    }
  }
  const used: Word[] = []
  let reasons = 0
  for (const point of pointsOf(certificate)) {
    const heard = listen(lists, { check, point })
    refusals.push(...heard.refusals)
    for (const word of heard.words) {
      const covered = coveredReasons(word.base.crl, point)
      if ((covered & ~reasons) === 0) {
        continue
      }
      const entry = findRevocation(word, certificate)
      if (entry !== undefined) {
        const { serialNumber: _number, certificateIssuer: _issuer, ...revocation } = entry
        return { ...aboutWord(word), status: 'revoked', ...revocation }
      }
      reasons |= covered
      used.push(word)
    }
  }
  const [first, ...more] = used
  if (first !== undefined) {
    const about = aboutWords([first, ...more])
    return reasons === allReasons
      ? { ...about, status: 'good' }
      : { ...about, status: 'unusable', code: 'reasons-incomplete' }
  }
  const refusal = mostTelling(refusals)
  return refusal === undefined ? undefined : { source: 'crl', status: 'unusable', ...refusal }
}
