import { sampleNow } from '../../verify/testing/test-pki.ts'
import { hostileXmlSamples } from '../../xml/testing/hostile-xml.ts'
import { hostileAlgorithms } from './hostile-algorithms.ts'
import { hostileAsn1 } from './hostile-asn1.ts'
import { hostileChain } from './hostile-chain.ts'
import { hostileCms } from './hostile-cms.ts'
import { hostileMathematics } from './hostile-mathematics.ts'
import { hostileProfile } from './hostile-profile.ts'
import { hostileRevocation } from './hostile-revocation.ts'
import type { HostileCase, HostileSample } from './hostile-sample.ts'
import { hostileTimeStamps } from './hostile-time-stamp.ts'

/** Samples of one kind. */
export type HostileFamily = {
  readonly family:
    | 'encoding'
    | 'cms'
    | 'mathematics'
    | 'algorithms'
    | 'chain'
    | 'revocation'
    | 'time-stamp'
    | 'xml'
  readonly samples: readonly HostileSample[]
}

/** Documents, whose samples the room of XML makes; they are verified by its own tests for other keys. */
const hostileXml = async (): Promise<readonly HostileSample[]> => {
  const samples = await hostileXmlSamples('ru-2012-256')
  return samples.map(({ name, code, hostile, twin, content, trust }) => {
    const verified = (container: Uint8Array): HostileCase => ({
      container,
      ...(content === undefined ? {} : { content }),
      trust,
      policy: 'etsi-basic',
      now: sampleNow,
    })
    return {
      name: `XML: ${name}`,
      hostile: verified(hostile),
      twin: verified(twin),
      code,
      indication: 'refused',
    }
  })
}

/**
 * The corpus: every kind of hostile file, of every country, and of every size and cofactor of curve
 * where the mathematics differs. The same at each run.
 */
export const hostileCorpus = async (): Promise<readonly HostileFamily[]> => {
  const russia = await hostileProfile('RU', { scheme: 'ru-2012-256' })
  const uzbekistan = await hostileProfile('UZ', { scheme: 'uz-1092-2' })
  const kazakhstan = await hostileProfile('KZ', { scheme: 'kz-2015-256' })
  const kazakhstan512 = await hostileProfile('KZ', { scheme: 'kz-2015-512' })
  const kazakhstan2004 = await hostileProfile('KZ', { scheme: 'kz-2004' })
  const cofactor4 = await hostileProfile('RU', {
    scheme: 'ru-2012-512',
    parameters: ['1.2.643.7.1.2.1.2.3'],
  })
  const every = [russia, uzbekistan, kazakhstan]
  const families: Record<HostileFamily['family'], readonly (readonly HostileSample[])[]> = {
    encoding: every.map(hostileAsn1),
    cms: await Promise.all(every.map(hostileCms)),
    mathematics: await Promise.all([
      hostileMathematics(russia, 'tc26-256-A'),
      hostileMathematics(uzbekistan, 'cryptopro-A'),
      hostileMathematics(kazakhstan512, 'tc26-512-A'),
      hostileMathematics(kazakhstan2004, 'cryptopro-A'),
      hostileMathematics(cofactor4, 'tc26-512-C'),
    ]),
    algorithms: await Promise.all([...every, kazakhstan512, kazakhstan2004].map(hostileAlgorithms)),
    chain: await Promise.all(every.map(hostileChain)),
    revocation: await Promise.all([
      hostileRevocation(russia, 'ru-63fz'),
      hostileRevocation(uzbekistan, 'uz-e-imzo'),
    ]),
    'time-stamp': await Promise.all(every.map(hostileTimeStamps)),
    xml: [await hostileXml()],
  }
  return Object.entries(families).map(([family, samples]) => ({
    family: family as HostileFamily['family'],
    samples: samples.flat(),
  }))
}
