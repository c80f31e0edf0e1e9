/** Structure of req.xml: `1.8` with Document blocks, `1.9` flat (spec §5.2, §5.3). */
export type RequestProfile = '1.8' | '1.9'

/**
 * Who may be addressed: a person by SNILS or ESIA id; a signer of a Russian organisation, by the same
 * and the OGRN; a signer of a foreign organisation, by RAFP and INN.
 */
export type RecipientKind = 'person' | 'russian-organisation' | 'foreign-organisation'

/** What is known of one service of Goskey (spec §5.1). */
export type GoskeyService = {
  /** Also `eserviceCode` of downloads. */
  readonly serviceCode: string
  readonly targetCode: string
  /** Of the root element SignRequest. It alone says whether the signature is UNEP or UKEP. */
  readonly namespace: string
  /** `unep`: enhanced unqualified; `ukep`: enhanced qualified. */
  readonly signature: 'unep' | 'ukep'
  readonly recipients: readonly RecipientKind[]
  readonly profiles: readonly RequestProfile[]
}

/** The services that send documents for signing. Deciphering (60079416) is contradictory and left out. */
export const goskeyServices = Object.freeze({
  /** A natural person, unqualified signature. */
  'person-unep': {
    serviceCode: '10000000374',
    targetCode: '-10000000374',
    namespace: 'urn://mpkey.gosuslugi.ru/sign_document/1.0.0',
    signature: 'unep',
    recipients: ['person'],
    profiles: ['1.8', '1.9'],
  },
  /** A natural person, qualified signature. */
  'person-ukep': {
    serviceCode: '10000000374',
    targetCode: '-10000000374',
    namespace: 'urn://mpkey.gosuslugi.ru/sign_document_ukep/1.0.0',
    signature: 'ukep',
    recipients: ['person'],
    profiles: ['1.8', '1.9'],
  },
  /** The signer of an organisation or a sole entrepreneur, qualified signature. */
  'organisation-ukep': {
    serviceCode: '60025907',
    targetCode: '-60025907',
    namespace: 'urn://mpkey.gosuslugi.ru/sign_document_ukep_legalperson/1.0.0',
    signature: 'ukep',
    recipients: ['russian-organisation', 'foreign-organisation'],
    profiles: ['1.9'],
  },
  /** A natural person with a certificate of the Treasury, qualified signature. */
  'treasury-ukep': {
    serviceCode: '60080470',
    targetCode: '-60080470',
    namespace: 'urn://mpkey.gosuslugi.ru/sign_document_ukep_roskazna/1.0.0',
    signature: 'ukep',
    recipients: ['person'],
    profiles: ['1.9'],
  },
} as const satisfies Record<string, GoskeyService>)

/** Our name of a service: who signs, and with what. */
export type GoskeyServiceName = keyof typeof goskeyServices

/** The service of a namespace of req.xml, `undefined` when it is none of Goskey. */
export function serviceOfNamespace(namespace: string): GoskeyServiceName | undefined {
  return goskeyServiceNames.find((name) => goskeyServices[name].namespace === namespace)
}

/** All names, in the order of the table. */
export const goskeyServiceNames = Object.freeze(
  Object.keys(goskeyServices) as readonly GoskeyServiceName[],
)
