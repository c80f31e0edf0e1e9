import type { Provider } from '@muhr/envelope'
import { type ContractSubject, type ContractWorld, providerContract } from '@muhr/envelope/testing'
import type { Fetch } from '@muhr/signme'
import { createTypedProvider } from './provider.ts'
import { snilsOf, ToySignme, toyVerifier } from './testing-service.ts'

function createSubject({ clock }: ContractWorld, settings: object = {}): ContractSubject {
  const service = new ToySignme(() => Date.parse(clock.now()))
  const handleOf = ({ handle, kind }: ToySignme['requests'][number]) => ({
    kind,
    reference: handle,
    sentAt: clock.now(),
  })

  return {
    ...toyVerifier(),
    // What is kept of a connection lives in a process; each test is one.
    provider: createTypedProvider(() => (io) => io.fetch as Fetch) as unknown as Provider,
    settings: { baseUrl: 'https://signme.test', key: 'TESTKEY', ...settings },
    badSettings: { settings: { baseUrl: 'https://signme.test' }, field: 'key' },
    method: 'PERSON',
    person: (index) => ({
      name: `ТЕСТОВ ТЕСТ ${index}`,
      locale: 'ru',
      identifiers: { snils: snilsOf(index) },
    }),
    document: (index) => ({
      bytes: Buffer.from(`%PDF-1.7 document ${index}`),
      document: {
        mediaType: 'application/pdf',
        fileName: `документ ${index}.pdf`,
        title: { ru: `Документ ${index}` },
        meta: [],
      },
    }),
    network: service.fetch,
    counterpart: {
      act: ({ request, fetch }, act) => service.act(service.askedOf(request).at(-1), act, fetch),
      asked: (request) => service.askedOf(request).length,
      lookUp: (request) => {
        const found = service.askedOf(request).at(-1)

        return found === undefined ? undefined : { key: request.id, ...handleOf(found) }
      },
      isSigned: (request) =>
        service.askedOf(request).some(({ files }) => files.every(({ status }) => status === 1)),
      loseReplies: (count) => {
        service.lost += count
      },
    },
  }
}

providerContract({ name: 'signme, pushes', create: (world) => createSubject(world) })

providerContract({
  name: 'signme, the browser comes back',
  create: (world) => createSubject(world, { returnBy: 'browser' }),
})
