import { der } from '../../asn1/index.ts'
import {
  type ContainerParts,
  profileAttributes,
  type SignerInfoParts,
  writeContainer,
  writeSignerInfo,
} from '../../cms/testing/write-container.ts'
import type { SchemeId } from '../../keys/index.ts'
import { createTrustStore, type TrustStore } from '../../trust/index.ts'
import { gostKey } from '../../verify/testing/gost-key.ts'
import { type Country, type NationalPki, nationalPki } from '../../verify/testing/national-pki.ts'
import { sampleNow, type TestIdentity } from '../../verify/testing/test-pki.ts'
import type { HostileCase } from './hostile-sample.ts'

export const hostileContent = new TextEncoder().encode('Договор № 17, келісім, shartnoma')

/** A country's PKI, and containers of its signer, right but for what a sample changes. */
export type HostileProfile = {
  readonly name: string
  readonly country: Country
  readonly pki: NationalPki
  readonly trust: TrustStore
  readonly container: (
    container?: Partial<ContainerParts>,
    info?: Partial<SignerInfoParts>,
  ) => Uint8Array
  /** Encoded attributes as the profile of the signer has them. */
  readonly attributes: ReturnType<typeof profileAttributes>
  readonly verified: (container: Uint8Array, change?: Partial<HostileCase>) => HostileCase
}

/** Trust in some identities, as `--trust` gives it. */
export const trusting = (...identities: readonly TestIdentity[]): TrustStore =>
  createTrustStore(
    identities.map(({ certificate }) => ({ certificate, origin: 'explicit' as const })),
  )

/** The container of a signer, with the authorities above it. */
export const containerOf = (
  signer: TestIdentity,
  above: readonly TestIdentity[],
  {
    container = {},
    info = {},
  }: { container?: Partial<ContainerParts>; info?: Partial<SignerInfoParts> } = {},
): Uint8Array =>
  writeContainer([signer], {
    content: der.octets(hostileContent),
    certificates: [signer, ...above].map(({ certificate }) => certificate.bytes),
    signerInfos: [writeSignerInfo({ identity: signer, signed: hostileContent, ...info })],
    ...container,
  })

/** Makes the profile of a country with keys of one scheme and parameter set. */
export const hostileProfile = async (
  country: Country,
  { scheme, parameters }: { readonly scheme: SchemeId; readonly parameters?: readonly string[] },
): Promise<HostileProfile> => {
  const pki = await nationalPki(country, {
    key: (seed) => gostKey({ scheme, seed, ...(parameters === undefined ? {} : { parameters }) }),
  })
  const trust = trusting(pki.root)
  return {
    name: parameters === undefined ? scheme : `${scheme} ${parameters[0]}`,
    country,
    pki,
    trust,
    attributes: profileAttributes(pki.signer, hostileContent),
    container: (container = {}, info = {}) =>
      containerOf(pki.signer, [pki.authority], { container, info }),
    verified: (container, change = {}) => ({
      container,
      trust,
      policy: 'etsi-basic',
      now: sampleNow,
      ...change,
    }),
  }
}
