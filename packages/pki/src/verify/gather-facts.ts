import { equalOctets } from '../asn1/index.ts'
import { digestibleContent, type SignerInfo, signatureTimeStampsOf } from '../cms/index.ts'
import { isPkiError } from '../error.ts'
import type { VerificationPolicy } from '../policy/index.ts'
import { type Certificate, nationalIdentity } from '../x509/index.ts'
import { checkEmbeddedRevocation } from './check-embedded-revocation.ts'
import { gatherEmbedded, gatherPath, type VerificationContext } from './context.ts'
import { gatherTimeStamp, isStampOf } from './gather-time-stamp.ts'
import { identifySigner } from './identify-signer.ts'
import { createMaterialCollector, type VerificationMaterial } from './material.ts'
import {
  parseCertificates,
  readableCertificates,
  readableCrls,
  readableOcsp,
} from './parse-material.ts'
import { type ContainerReading, readContainer } from './read-container.ts'
import type {
  ReadTimeStampFacts,
  SignerFacts,
  TimeStampFacts,
  VerificationFacts,
  VerificationInput,
} from './types.ts'
import { type AttributeValues, readUnsignedAttributes } from './unsigned-attributes.ts'

/** A time-stamp that holds together: what a policy thinks of its authority is not asked here. */
const isCoherent = (facts: TimeStampFacts): facts is ReadTimeStampFacts =>
  facts.readable &&
  facts.imprint === 'match' &&
  facts.check.signature === 'valid' &&
  facts.check.digest.result === 'match' &&
  facts.isTimeStampCertificate &&
  facts.path?.result.status === 'valid'

const referenceOf = (
  timeStamps: readonly TimeStampFacts[],
  validationTime: Date,
): Pick<SignerFacts, 'referenceTime' | 'referenceSource'> => {
  const [earliest] = timeStamps
    .filter(isCoherent)
    .map(({ tstInfo }) => tstInfo.genTime)
    .toSorted((left, right) => left.getTime() - right.getTime())
  return earliest === undefined
    ? { referenceTime: validationTime, referenceSource: 'validation-time' }
    : { referenceTime: earliest, referenceSource: 'time-stamp' }
}

type ReadContainer = Extract<ContainerReading, { readable: true }> & {
  readonly embedded: readonly Certificate[]
  /** Of the unsigned attributes, one entry a signer. */
  readonly attributes: readonly ReturnType<typeof readUnsignedAttributes>[]
  readonly attributeCertificates: readonly Certificate[]
}

/** Reads the container and every certificate in it: one that cannot be read is damage. */
const readAll = (
  container: Uint8Array,
): ReadContainer | Extract<ContainerReading, { readable: false }> => {
  const reading = readContainer(container)
  if (!reading.readable) {
    return reading
  }
  const attributes = reading.data.signerInfos.map((signerInfo) =>
    readUnsignedAttributes(signerInfo.unsignedAttributes, (token) =>
      isStampOf(token, signerInfo.signature),
    ),
  )
  try {
    return {
      ...reading,
      attributes,
      embedded: parseCertificates(reading.data.certificates),
      attributeCertificates: parseCertificates(
        attributes.flatMap(({ values }) => values.certificates),
      ),
    }
  } catch (error) {
    if (isPkiError(error)) {
      return { readable: false, code: error.code }
    }
    throw error
  }
}

const gatherSigner = async (
  signerInfo: SignerInfo,
  {
    index,
    container,
    content,
    context,
    validationTime,
  }: {
    readonly index: number
    readonly container: ReadContainer
    readonly content: ReturnType<typeof digestibleContent>
    readonly context: VerificationContext
    readonly validationTime: Date
  },
): Promise<SignerFacts> => {
  const identified = identifySigner(signerInfo, {
    embedded: container.embedded,
    atHand: [...context.certificates, ...context.anchors.map(({ certificate }) => certificate)],
    content,
    contentType: container.data.contentType,
  })
  const { certificate } = identified
  const timeStamps: TimeStampFacts[] = []
  for (const token of signatureTimeStampsOf(signerInfo)) {
    timeStamps.push(await gatherTimeStamp(token, { stamped: signerInfo.signature, context }))
  }
  const reference = referenceOf(timeStamps, validationTime)
  return {
    signerInfo,
    ...identified,
    identity: certificate === undefined ? undefined : nationalIdentity(certificate),
    timeStamps,
    unsignedAttributes: container.attributes[index]?.facts ?? [],
    path:
      certificate === undefined
        ? undefined
        : await gatherPath(certificate, { at: reference.referenceTime, context }),
    ...reference,
  }
}

const contentState = (
  attached: Uint8Array | undefined,
  given: Uint8Array | undefined,
): 'attached' | 'given' | 'absent' | 'differs' => {
  if (attached === undefined) {
    return given === undefined ? 'absent' : 'given'
  }
  return given === undefined || equalOctets(attached, given) ? 'attached' : 'differs'
}

const joinValues = (container: ReadContainer): Omit<AttributeValues, 'certificates'> => ({
  ocsp: [
    ...container.data.ocspResponses,
    ...container.attributes.flatMap(({ values }) => values.ocsp),
  ],
  crls: [...container.data.crls, ...container.attributes.flatMap(({ values }) => values.crls)],
})

/**
 * Finds out everything about a signature container that a policy may ask: structure, digests,
 * signature values, paths, revocation, time-stamps. Nothing is judged, and nothing is fetched but
 * through `sources`. Of the policy only what to look for is used: which anchors may be believed, and
 * how fresh an answer must be before another is asked for.
 *
 * Throws `container.not-a-signature`, nothing for whatever a signature holds.
 */
export const gatherFacts = async (
  input: VerificationInput & { readonly policy: VerificationPolicy },
): Promise<{ readonly facts: VerificationFacts; readonly material: VerificationMaterial }> => {
  const { now, policy, stored = {}, sources = {} } = input
  const validationTime = input.at ?? now
  const material = createMaterialCollector()
  const container = readAll(input.container)
  if (!container.readable) {
    const facts: VerificationFacts = { now, validationTime, container, signers: [] }
    return { facts, material: material.collected() }
  }
  const { data, embedded, attributeCertificates } = container
  const values = joinValues(container)
  const inside = [...embedded, ...attributeCertificates]
  const context: VerificationContext = {
    now,
    anchors: input.trust.anchors.filter(({ origin }) => policy.anchorOrigins.includes(origin)),
    certificates: [...inside, ...readableCertificates(stored.certificates ?? [])],
    ocsp: readableOcsp([...values.ocsp, ...(stored.ocsp ?? [])]),
    crls: readableCrls([...values.crls, ...(stored.crls ?? [])]),
    sources,
    ocspFreshnessMs: policy.ocspFreshnessMs,
    clockSkewMs: policy.clockSkewMs,
    material,
  }
  const state = contentState(data.content, input.content)
  const content = digestibleContent(data.content ?? input.content)
  const signers: SignerFacts[] = []
  for (const [index, signerInfo] of data.signerInfos.entries()) {
    signers.push(
      await gatherSigner(signerInfo, { index, container, content, context, validationTime }),
    )
  }
  inside.forEach(material.addCertificate)
  return {
    facts: {
      now,
      validationTime,
      container: {
        readable: true,
        data,
        content: state,
        embeddedCertificates: gatherEmbedded(inside, context),
        embeddedRevocation: checkEmbeddedRevocation(values, context),
      },
      signers,
    },
    material: material.collected(),
  }
}
