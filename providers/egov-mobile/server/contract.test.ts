import { createHmac } from 'node:crypto'
import type { Verdict } from '@muhr/envelope'
import {
  type ContractSubject,
  digestOf,
  providerContract,
  type SignerAct,
  type SignerAnswer,
  type SignerContact,
  type Verifier,
} from '@muhr/envelope/testing'
import { egovMobileProvider } from './index.ts'

/** A toy container in place of a CMS: whose, over what, and a proof that only their key makes. */
type Container = { readonly iin: string; readonly over: string; readonly mac: string }

const iinOf = (person: number): string => `00014000001${person}`

function macOf(iin: string, over: string): string {
  return createHmac('sha256', `key of ${iin}`).update(over).digest('hex')
}

function toySign(person: number, content: Uint8Array): string {
  const iin = iinOf(person)
  const over = digestOf(content)
  const container: Container = { iin, over, mac: macOf(iin, over) }

  return Buffer.from(JSON.stringify(container)).toString('base64')
}

function toyVerifier(): Pick<ContractSubject, 'verifier' | 'withholdTrust'> {
  let isWithheld = false
  const verifier: Verifier = async ({ artifact, content, recipient }) => {
    const { iin, over, mac } = JSON.parse(Buffer.from(artifact).toString('utf8')) as Container
    const judgement: Pick<Verdict, 'indication' | 'subIndication'> =
      mac !== macOf(iin, over)
        ? { indication: 'TOTAL-FAILED', subIndication: 'SIG_CRYPTO_FAILURE' }
        : over !== digestOf(content)
          ? { indication: 'TOTAL-FAILED', subIndication: 'HASH_FAILURE' }
          : isWithheld
            ? { indication: 'INDETERMINATE', subIndication: 'TRY_LATER' }
            : { indication: 'TOTAL-PASSED' }
    const facts = {
      content: over === digestOf(content) ? 'match' : 'mismatch',
      identity: iin === recipient.identifiers.iin ? 'match' : 'mismatch',
    } as const

    return { ...judgement, ...facts, report: digestOf(JSON.stringify([judgement, facts, mac])) }
  }

  return {
    verifier,
    withholdTrust: (withheld) => {
      isWithheld = withheld
    },
  }
}

type Api2 = {
  readonly documentsToSign: {
    readonly id: number
    readonly document: { readonly file: { data: string } }
  }[]
}

/** The app, written from kz-egov-mobile.md §1–5: it knows a request by its QR text alone. */
function createApp(): ContractSubject['counterpart']['act'] {
  const lastPut = new Map<string, () => Promise<SignerAnswer>>()
  let nonce = 0

  async function act(contact: SignerContact, wanted: SignerAct): Promise<SignerAnswer> {
    const { request, presentation, fetch } = contact
    const repeat = lastPut.get(request.id)
    if (wanted.kind === 'repeat' && repeat !== undefined) return repeat()

    const api1 = await fetch((presentation.qr ?? '').replace(/^mobileSign:/, ''))
    if (!api1.ok) return answerOf(api1)
    const { document } = (await api1.json()) as {
      document: { uri: string; auth_token: string }
    }
    const headers = { authorization: `Bearer ${document.auth_token}` }
    const api2 = await fetch(document.uri, { headers })
    if (!api2.ok || wanted.kind === 'look') return answerOf(api2)
    const sent = (await api2.json()) as Api2

    if (wanted.kind === 'sign' || wanted.kind === 'forge') {
      for (const { document: signed } of sent.documentsToSign) {
        const shown = Buffer.from(signed.file.data, 'base64')
        const isOther = wanted.kind === 'sign' && wanted.over === 'other'
        signed.file.data = toySign(wanted.person, isOther ? Buffer.from('other') : shown)
      }
    }
    nonce += 1
    const body = JSON.stringify({
      ...sent,
      ...(wanted.kind === 'decline' ? { status: 'CANCELED' } : {}),
      nonce,
    })
    const authorization = wanted.kind === 'forge' ? 'Bearer forged' : headers.authorization
    const put = async () =>
      answerOf(await fetch(document.uri, { method: 'PUT', headers: { authorization }, body }))
    lastPut.set(request.id, put)

    return put()
  }

  return async (contact, wanted) => {
    try {
      return await act(contact, wanted)
    } catch (error) {
      if (error instanceof TypeError) return 'unreachable'
      throw error
    }
  }
}

function answerOf({ status }: Response): SignerAnswer {
  switch (status) {
    case 200:
      return 'accepted'
    case 404:
    case 410:
      return 'gone'
    case 409:
      return 'conflict'
    case 503:
      return 'unreachable'
    default:
      return 'refused'
  }
}

function createSubject(settings: ContractSubject['settings'], method: string): ContractSubject {
  return {
    ...toyVerifier(),
    provider: egovMobileProvider,
    settings,
    badSettings: { settings: { auth: 'Bearer' }, field: 'auth' },
    method,
    person: (index) => ({
      name: `Үлгіұлы Сынақ ${index}`,
      locale: 'kk',
      identifiers: { iin: iinOf(index) },
    }),
    document: (index) => ({
      bytes: Buffer.from(`%PDF-1.7 шарт ${index}`),
      document: {
        mediaType: 'application/pdf',
        fileName: `шарт-${index}.pdf`,
        title: { ru: `Договор ${index}`, kk: `Шарт ${index}` },
        meta: [],
      },
    }),
    counterpart: { act: createApp() },
  }
}

providerContract({
  name: 'egov-mobile, Token, CMS_SIGN_ONLY',
  create: () => createSubject({}, 'CMS_SIGN_ONLY'),
})

providerContract({
  name: 'egov-mobile, CMS_WITH_DATA, accepts and checks again',
  create: () => createSubject({ whenIndeterminate: 'accept-and-recheck' }, 'CMS_WITH_DATA'),
})
