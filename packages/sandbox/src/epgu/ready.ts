import { join } from 'node:path'
import { esiaUsers, scenarioKeys } from '../esia/accounts.ts'
import { recordOf } from '../pki/manifest.ts'
import {
  type OrganisationId,
  organisationOf,
  organisationSpecs,
  organisations,
  RUSSIAN_PIN,
  type RussianState,
} from '../pki/russian-profile.ts'
import type { TestPki } from '../pki/test-pki.ts'
import { type Recipient, seededRecipients } from './recipients.ts'
import { services } from './services.ts'

/** A key file of a Russian organisation: the same key comes in three forms. */
export type OrganisationKeyFile = {
  /** A file, or for a container the folder with its six. */
  readonly file: string
  readonly format: 'pkcs12' | 'pkcs8-pem' | 'cryptopro-container'
  /** Empty for PEM, which is open. */
  readonly pin: string
  /** The certificate, DER. PEM, PKCS#12 and container hold it too. */
  readonly certificate: string
  readonly country: 'RU'
  readonly subject: string
  readonly account: OrganisationId
  readonly algorithm: 'ru-2012-256' | 'ru-2012-512'
  readonly state: RussianState
  /** API-Keys of ESIA that this key may sign: those of the organisation's employees. */
  readonly apiKeys: readonly string[]
}

/** Whom the simulators of ESIA, EPGU and Goskey know. */
export type EpguAccounts = {
  readonly organisations: readonly {
    readonly id: OrganisationId
    readonly name: string
    readonly inn: string
    readonly ogrn: string
    readonly mnemonic: string
    readonly apiKeys: readonly {
      readonly apiKey: string
      readonly employee: string
      readonly oid: number
    }[]
  }[]
  /** API-Keys that are refused: by ESIA with its code, by EPGU with its own. */
  readonly scenarioKeys: readonly { readonly apiKey: string; readonly code: string }[]
  readonly recipients: readonly Recipient[]
  readonly services: readonly {
    readonly serviceCode: string
    readonly targetCode: string
    readonly name: string
  }[]
}

/** The accounts, as `muhr sandbox --json` lists them. */
export function epguAccounts(): EpguAccounts {
  return {
    organisations: organisations.map(({ id, name, inn, ogrn, mnemonic, employees }) => ({
      id,
      name,
      inn,
      ogrn,
      mnemonic,
      apiKeys: employees.map((employee) => ({
        apiKey: employee.apiKey,
        employee: employee.name,
        oid: employee.oid,
      })),
    })),
    scenarioKeys: [
      ...scenarioKeys,
      ...esiaUsers.flatMap(({ apiKey, refusal }) =>
        refusal === undefined ? [] : [{ apiKey, code: refusal }],
      ),
    ],
    recipients: seededRecipients,
    services: services.map(({ code, name }) => ({
      serviceCode: code,
      targetCode: `-${code}`,
      name,
    })),
  }
}

/** Key files of the organisations, the newest of each. */
export function organisationKeys(pki: TestPki): readonly OrganisationKeyFile[] {
  return organisationSpecs.flatMap(({ name, account, algorithm, state }) => {
    const record = recordOf(pki.manifest(), name)
    if (record === undefined || (algorithm !== 'ru-2012-256' && algorithm !== 'ru-2012-512'))
      return []
    const base = join(pki.folder, record.keyFile.replace(/\.p8$/, ''))
    const common = {
      certificate: join(pki.folder, record.file),
      country: 'RU',
      subject: record.subject,
      account,
      algorithm,
      state,
      apiKeys: organisationOf(account).employees.map(({ apiKey }) => apiKey),
    } as const

    return [
      { ...common, file: `${base}.pem`, format: 'pkcs8-pem', pin: '' } as const,
      { ...common, file: `${base}.p12`, format: 'pkcs12', pin: RUSSIAN_PIN } as const,
      { ...common, file: `${base}.000`, format: 'cryptopro-container', pin: RUSSIAN_PIN } as const,
    ]
  })
}
