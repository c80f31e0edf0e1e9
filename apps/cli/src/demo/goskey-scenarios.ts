/** One way through Goskey, and the envelope state in which the spec says it must end. */
export type GoskeyScenario = {
  readonly name: string
  readonly method: 'UNEP' | 'UKEP' | 'UKEP_LEGAL'
  /** Id of the recipient in the sandbox; each acts in its own way. */
  readonly recipient: string
  /** 1 to 15: PDF, TIFF, XML and TXT in turn. */
  readonly documents: number
  readonly expected: 'completed' | 'declined' | 'expired'
}

/** Most documents that every published text of Goskey allows in one package (ru-epgu-goskey §5.4). */
const fullPackage = 15

/**
 * A person and a legal entity, one document and a full package: signed, and refused (§5.5: status 3 and 4,
 * SIGN_REJECT).
 */
export const goskeyScenarios: readonly GoskeyScenario[] = [
  {
    name: 'person-one-unqualified',
    method: 'UNEP',
    recipient: 'boris',
    documents: 1,
    expected: 'completed',
  },
  { name: 'person-one', method: 'UKEP', recipient: 'boris', documents: 1, expected: 'completed' },
  {
    name: 'person-package',
    method: 'UKEP',
    recipient: 'maria',
    documents: fullPackage,
    expected: 'completed',
  },
  {
    name: 'legal-one',
    method: 'UKEP_LEGAL',
    recipient: 'ivan',
    documents: 1,
    expected: 'completed',
  },
  {
    name: 'legal-package',
    method: 'UKEP_LEGAL',
    recipient: 'ivan',
    documents: fullPackage,
    expected: 'completed',
  },
  {
    name: 'person-rejected',
    method: 'UKEP',
    recipient: 'vera',
    documents: 1,
    expected: 'declined',
  },
  {
    name: 'person-package-rejected',
    method: 'UKEP',
    recipient: 'vera',
    documents: fullPackage,
    expected: 'declined',
  },
  {
    name: 'legal-rejected',
    method: 'UKEP_LEGAL',
    recipient: 'kira',
    documents: 1,
    expected: 'declined',
  },
]

/** Nobody signs for a day (§5.5: status 4, EXPIRED); these wait for the clock of the sandbox. */
export const goskeyExpiries: readonly GoskeyScenario[] = [
  { name: 'person-expired', method: 'UKEP', recipient: 'gleb', documents: 1, expected: 'expired' },
  {
    name: 'person-package-expired',
    method: 'UKEP',
    recipient: 'gleb',
    documents: fullPackage,
    expected: 'expired',
  },
  {
    name: 'legal-expired',
    method: 'UKEP_LEGAL',
    recipient: 'zoya',
    documents: 1,
    expected: 'expired',
  },
]
