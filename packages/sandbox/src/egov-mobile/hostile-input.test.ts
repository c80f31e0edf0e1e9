import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { api1Sample, api2Sample } from '../testing/seed-samples.ts'
import { abilitiesOf } from './app-version.ts'
import { checkHost } from './check-host.ts'
import { PhoneError } from './error.ts'
import { readJsonText } from './json-text.ts'
import { readAnswer } from './read-answer.ts'
import { readApi1 } from './read-api1.ts'
import { readApi2 } from './read-api2.ts'
import { readLink } from './read-link.ts'

const onlyPhoneErrors = (work: () => unknown): void => {
  try {
    work()
  } catch (cause) {
    expect(cause).toBeInstanceOf(PhoneError)
  }
}

/** A valid sample with the value at one path replaced by any JSON value. */
const spoilt = (sample: Record<string, unknown>) =>
  fc
    .record({ key: fc.constantFrom(...Object.keys(sample)), value: fc.jsonValue() })
    .map(({ key, value }) => JSON.stringify({ ...sample, [key]: value }))

const modern = abilitiesOf({ platform: 'ios', version: '2.4.1' })
const options = { now: new Date(0), allowedHosts: [] }

describe('whatever a service sends, the phone refuses by its own code', () => {
  it('API #1', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), spoilt(api1Sample())), (text) => {
        onlyPhoneErrors(() => readApi1(readJsonText(text, 'api1'), options))
      }),
      { numRuns: 500 },
    )
  })

  it('API #2', () => {
    const document = spoilt({
      ...(api2Sample()['documentsToSign'] as [Record<string, unknown>])[0],
    })
    const texts = fc.oneof(
      fc.json(),
      spoilt(api2Sample()),
      document.map((text) => JSON.stringify(api2Sample({ documentsToSign: [JSON.parse(text)] }))),
    )
    fc.assert(
      fc.property(texts, (text) => {
        onlyPhoneErrors(() => readApi2(readJsonText(text, 'api2'), modern))
      }),
      { numRuns: 500 },
    )
  })

  it('links and addresses', () => {
    const links = fc.oneof(
      fc.string(),
      fc.webUrl({ withQueryParameters: true }),
      fc.string().map((text) => `mobileSign:${text}`),
      fc.string().map((text) => `https://m.egov.kz/mobileSign/?link=${text}`),
    )
    fc.assert(
      fc.property(links, (text) => {
        onlyPhoneErrors(() => readLink(text, 'egov-mobile'))
        onlyPhoneErrors(() => checkHost(text, { place: 'link', allowedHosts: [] }))
      }),
      { numRuns: 500 },
    )
  })

  it('lets no address off loopback without https, however it is written', () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['http'] }), (text) => {
        expect(() => checkHost(text, { place: 'link', allowedHosts: [] })).toThrow(PhoneError)
      }),
    )
  })

  it('answers of a PUT never throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), fc.nat(999), (text, status) => {
        expect(readAnswer({ status, text, headers: new Headers() }).status).toBe(status)
      }),
    )
  })
})
