import { describe, expect, it } from 'vitest'
import { refusals } from '../refusals/refusals.ts'
import { caughtAs } from '../testing/caught.ts'
import { serve } from '../testing/serve.ts'
import { hello, oneFile, testSignme, testSuffix, testUuid } from '../testing/test-signme.ts'
import type { Signme } from './create-signme.ts'

type Row = {
  readonly cites: string
  /** As the service writes it. */
  readonly said: string
  readonly refusal: string
  readonly neutral: string
  readonly retry: 'safe' | 'final'
}

const sign: readonly Row[] = [
  {
    cites: '4: error 1: no file',
    said: 'error 1: no file',
    refusal: 'no-file',
    neutral: 'provider_protocol',
    retry: 'final',
  },
  {
    cites: '4: error 2: no filename',
    said: 'error 2: no filename',
    refusal: 'no-filename',
    neutral: 'provider_protocol',
    retry: 'final',
  },
  {
    cites: '4: error 3: wrong file',
    said: 'error 3: wrong file',
    refusal: 'wrong-file',
    neutral: 'provider_rejected_file',
    retry: 'final',
  },
  {
    cites: '4: error 4: wrong json',
    said: 'error 4: wrong json',
    refusal: 'wrong-json',
    neutral: 'provider_protocol',
    retry: 'final',
  },
  {
    cites: '4: error 5: cant create file',
    said: 'error 5: cant create file',
    refusal: 'cannot-create-file',
    neutral: 'provider_internal',
    retry: 'safe',
  },
  {
    cites: '4: error 6: cant create request',
    said: 'error 6: cant create request',
    refusal: 'cannot-create-request',
    neutral: 'provider_internal',
    retry: 'safe',
  },
  {
    cites: '4: error 6: wrong user phone',
    said: 'error 6: wrong user phone',
    refusal: 'wrong-user-phone',
    neutral: 'provider_signer_unknown',
    retry: 'final',
  },
  {
    cites: '4: error 6: wrong user email',
    said: 'error 6: wrong user email',
    refusal: 'wrong-user-email',
    neutral: 'provider_signer_unknown',
    retry: 'final',
  },
  {
    cites: '4: error 6: wrong company inn',
    said: 'error 6: wrong company inn',
    refusal: 'wrong-company-inn',
    neutral: 'provider_company_unknown',
    retry: 'final',
  },
  {
    cites: '4: error 6: wrong company ogrn',
    said: 'error 6: wrong company ogrn',
    refusal: 'wrong-company-ogrn',
    neutral: 'provider_company_unknown',
    retry: 'final',
  },
  {
    cites: '4: error 7: get api key',
    said: 'Error 7 : get api key',
    refusal: 'get-api-key',
    neutral: 'provider_auth',
    retry: 'final',
  },
  {
    cites: '6: error 0: wrong method, when signing',
    said: 'error 0: wrong method',
    refusal: 'wrong-method',
    neutral: 'provider_protocol',
    retry: 'final',
  },
]

const check: readonly Row[] = [
  {
    cites: '5: error 1: wrong base64',
    said: 'error 1: wrong base64',
    refusal: 'wrong-base64',
    neutral: 'provider_rejected_file',
    retry: 'final',
  },
  {
    cites: '5: error 2: wrong md5',
    said: 'error 2: wrong md5',
    refusal: 'wrong-md5',
    neutral: 'provider_internal',
    retry: 'safe',
  },
  {
    cites: '5: error 3: wrong file',
    said: 'error 3: wrong file',
    refusal: 'wrong-file',
    neutral: 'provider_rejected_file',
    retry: 'final',
  },
  {
    cites: '5: error 4: wrong hash',
    said: 'error 4: wrong hash',
    refusal: 'wrong-hash',
    neutral: 'provider_rejected_file',
    retry: 'final',
  },
  {
    cites: '5: error 5: no hash',
    said: 'error 5: no hash',
    refusal: 'no-hash',
    neutral: 'provider_protocol',
    retry: 'final',
  },
  {
    cites: '5: error 6: wrong json',
    said: 'error 6: wrong json',
    refusal: 'wrong-json',
    neutral: 'provider_protocol',
    retry: 'final',
  },
  {
    cites: '6: error 0: wrong method, when checking',
    said: 'error 0: wrong method',
    refusal: 'wrong-method',
    neutral: 'provider_protocol',
    retry: 'final',
  },
]

const result: readonly Row[] = [
  {
    cites: '6: error 1: wrong json',
    said: 'error 1: wrong json',
    refusal: 'wrong-json',
    neutral: 'provider_protocol',
    retry: 'final',
  },
  {
    cites: '6: error 2: wrong key',
    said: 'error 2: wrong key',
    refusal: 'wrong-key',
    neutral: 'provider_auth',
    retry: 'final',
  },
  {
    cites: '6: error 3: wrong hash',
    said: 'error 3: wrong hash',
    refusal: 'wrong-hash',
    neutral: 'provider_rejected_file',
    retry: 'final',
  },
  {
    cites: '6: error 4: request not created',
    said: 'error 4: request not created',
    refusal: 'request-not-created',
    neutral: 'provider_internal',
    retry: 'safe',
  },
  {
    cites: '6: error 0: wrong method, when a page is asked for',
    said: 'error 0: wrong method',
    refusal: 'wrong-method',
    neutral: 'provider_protocol',
    retry: 'final',
  },
]

/** Under every HTTP status and spelling, by every call of the group: one refusal. */
async function expectRefusal(
  { said, refusal, neutral, retry }: Row,
  acts: readonly ((signme: Signme) => Promise<unknown>)[],
): Promise<void> {
  const spellings = [said, said.toUpperCase(), `\ufeff  ${said}\r\n`, `"${said}"`]
  for (const act of acts) {
    for (const [index, status] of [200, 400, 500, 403].entries()) {
      const server = await serve(() => ({ status, body: spellings[index] }))
      const error = await caughtAs('signme.refused', act(testSignme(server.url)))
      expect(error.data).toMatchObject({ refusal, neutral, retry, httpStatus: status })
      expect(error.data.errorNumber).toBe(Number(/\d/.exec(said)?.[0]))
      expect(error.advice.length).toBeGreaterThan(20)
      expect(server.arrived).toHaveLength(1)
    }
  }
}

describe('section 4: refusals when signing, one file and several', () => {
  it.each(sign)('$cites', (row) =>
    expectRefusal(row, [
      (signme) => signme.sign(oneFile),
      (signme) => signme.signFiles({ files: [oneFile.file], signer: oneFile.signer }),
    ]),
  )

  it('T7: the other texts of error 6 are known by their beginning, or are not explained', async () => {
    for (const [said, refusal] of [
      ['error 6: wrong user snils', 'wrong-user'],
      ['error 6: wrong company kpp', 'wrong-company'],
      ['error 6: something new', 'unexplained'],
      ['error 6', 'unexplained'],
      ['error 99: something new', 'unexplained'],
    ]) {
      const server = await serve(() => ({ status: 200, body: said }))
      const error = await caughtAs('signme.refused', testSignme(server.url).sign(oneFile))
      expect(error.data, said).toMatchObject({ group: 'sign', refusal, retry: 'final' })
    }
  })
})

describe('section 5: refusals when checking', () => {
  it.each(check)('$cites', (row) => expectRefusal(row, [(signme) => signme.check(hello.md5)]))
})

describe('section 6: refusals when a page is asked for', () => {
  it.each(result)('$cites', (row) =>
    expectRefusal(row, [
      (signme) => signme.createResultPage(hello.md5),
      (signme) => signme.createGroupResultPage([{ md5: hello.md5 }]),
    ]),
  )

  it('T19: the advice to wrong json names the field of the text, not ours', () => {
    expect(refusals.result['wrong-json'].advice).toContain('names rfile, whatever the field')
  })
})

describe('the words of 1.5 and 2.3', () => {
  const words = [
    { cites: '1.5: wrong_source', said: 'wrong_source', neutral: 'provider_auth' },
    {
      cites: '1.5: wrong_source_or_id',
      said: 'wrong_source_or_id',
      neutral: 'provider_rejected_file',
    },
    { cites: '1.5: wrong_method', said: 'wrong_method', neutral: 'provider_protocol' },
  ] as const

  it.each(words)('$cites', async ({ said, neutral }) => {
    const server = await serve(() => ({ status: 200, body: { result: said } }))
    const signme = testSignme(server.url)
    for (const act of [
      () => signme.reject(testSuffix, { reason: 'a' }),
      () => signme.rejectGroup(testUuid, { reason: 'a' }),
    ]) {
      const error = await caughtAs('signme.refused', act())
      expect(error.data).toMatchObject({ group: 'reject', refusal: said, neutral, retry: 'final' })
    }
  })

  it('another word may be a yes or a no: nobody knows, the status tells', async () => {
    for (const result of ['wrong_moon', 'ok', 1]) {
      const server = await serve(() => ({ status: 200, body: { result } }))
      const error = await caughtAs(
        'signme.outcome-unknown',
        testSignme(server.url).reject(testSuffix, { reason: 'a' }),
      )
      expect(error.data).toMatchObject({ fault: 'unknown-result', retry: 'ambiguous' })
      expect(error.advice).toContain('status')
    }
  })
})

describe('the table of refusals', () => {
  it('T7: one number means one thing in each group, but for 6 of signing', () => {
    for (const [group, entries] of Object.entries(refusals)) {
      const numbers = Object.values(entries).flatMap(({ errorNumber }) => errorNumber ?? [])
      const twice = numbers.filter((number, at) => numbers.indexOf(number) !== at)
      expect(new Set(twice), group).toEqual(new Set(group === 'sign' ? [6] : []))
    }
  })

  it('T23: a refused key is told to be tied to the registered site', () => {
    for (const { advice } of [
      refusals.sign['get-api-key'],
      refusals.result['wrong-key'],
      refusals.reject.wrong_source,
    ]) {
      expect(advice).toMatch(/site|domain/)
    }
  })

  it('T3: error is a refusal only at the beginning of an answer', async () => {
    const body = { status: '2', comment: 'error 6: wrong user phone' }
    const server = await serve(() => ({ status: 200, body }))
    expect((await testSignme(server.url).status(testSuffix)).state).toBe('rejected')
  })
})
