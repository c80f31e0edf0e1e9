import { type Certificate, type NationalIdentity, nationalIdentity } from '../x509/index.ts'
import type { SignatureReading } from './container-format.ts'
import { gatherPath, type VerificationContext } from './context.ts'
import { gatherTimeStamp } from './gather-time-stamp.ts'
import type { ReadTimeStampFacts, SignerFacts, TimeStampFacts } from './types.ts'

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

/** The same few certificates sign again and again. */
const identities = new WeakMap<Certificate, NationalIdentity>()

const identityOf = (certificate: Certificate): NationalIdentity => {
  const identity = identities.get(certificate) ?? nationalIdentity(certificate)
  identities.set(certificate, identity)
  return identity
}

/** Everything about one signature of a container, whatever its format. */
export const gatherSigner = async (
  reading: SignatureReading,
  {
    context,
    validationTime,
  }: { readonly context: VerificationContext; readonly validationTime: Date },
): Promise<SignerFacts> => {
  const identified = reading.identify([
    ...context.certificates,
    ...context.anchors.map(({ certificate }) => certificate),
  ])
  const { certificate } = identified
  const timeStamps: TimeStampFacts[] = []
  for (const { token, stamped } of reading.timeStamps) {
    timeStamps.push(await gatherTimeStamp(token, { stamped, context }))
  }
  const reference = referenceOf(timeStamps, validationTime)
  const counterSignatures: SignerFacts[] = []
  for (const counter of reading.counterSignatures) {
    counterSignatures.push(await gatherSigner(counter, { context, validationTime }))
  }
  const { format, signatureAlgorithm, digestAlgorithm, coversAttributes, content } = reading
  return {
    format,
    signatureAlgorithm,
    digestAlgorithm,
    coversAttributes,
    content,
    ...(reading.coverage === undefined ? {} : { coverage: reading.coverage }),
    ...identified,
    identity: certificate === undefined ? undefined : identityOf(certificate),
    timeStamps,
    unsignedAttributes: reading.unsignedAttributes,
    counterSignatures,
    path:
      certificate === undefined
        ? undefined
        : await gatherPath(certificate, { at: reference.referenceTime, context }),
    ...reference,
  }
}
