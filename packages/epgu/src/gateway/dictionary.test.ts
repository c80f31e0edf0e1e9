import { describe, expect, it } from 'vitest'
import { caughtAs } from '../testing/caught.ts'
import { fixtureText, hasFixtures } from '../testing/fixtures.ts'
import { serve } from '../testing/serve.ts'
import { testGateway, testTokens } from '../testing/test-gateway.ts'

const done = { code: 0, message: 'operation completed' }

describe('dictionary (spec §4.5)', () => {
  it('is asked without authorization, and without a token being fetched', async () => {
    const epgu = await serve(() => ({ status: 200, body: { error: done, total: 0, items: [] } }))
    const tokens = {
      ...testTokens(),
      get: () => Promise.reject(new Error('A token was asked for.')),
    }
    const gateway = testGateway(epgu.url, { tokens })
    await gateway.lookUpDictionary('EXTERNAL_BIC')
    await gateway.lookUpDictionary('OKATO', {
      treeFiltering: 'SUBTREE',
      parentRefItemValue: '45',
      pageNum: 1,
      pageSize: 20,
    })
    const [plain, paged] = epgu.arrived
    expect(plain?.url).toBe('/api/nsi/v1/dictionary/EXTERNAL_BIC')
    expect(plain?.headers.authorization).toBeUndefined()
    expect(JSON.parse(String(plain?.body))).toEqual({ treeFiltering: 'ONELEVEL' })
    expect(JSON.parse(String(paged?.body))).toEqual({
      treeFiltering: 'SUBTREE',
      parentRefItemValue: '45',
      pageNum: 1,
      pageSize: 20,
    })
  })

  it.skipIf(!hasFixtures)('items of the operator, flat and with attributes', async () => {
    const epgu = await serve(({ path }) => ({
      status: 200,
      body: fixtureText(
        path.endsWith('/BIC') ? 'dictionary-BIC.json' : 'dictionary-EXTERNAL_BIC-attributes.json',
      ),
    }))
    const gateway = testGateway(epgu.url)
    const flat = await gateway.lookUpDictionary('BIC')
    expect(flat.total).toBe(899)
    expect(flat.items.map(({ value, title, isLeaf }) => [value, title, isLeaf])).toEqual([
      ['040001002', 'ПУ БАНКА РОССИИ N 43192', true],
      ['040002002', 'ПУ БАНКА РОССИИ N 43197', true],
    ])
    const rich = await gateway.lookUpDictionary('EXTERNAL_BIC')
    expect(rich.items[1]?.attributeValues).toEqual({
      ID: '041012765',
      NAME: '"Азиатско-Тихоокеанский Банк" (АО) г Благовещенск',
      BIC: '041012765',
      CORR_ACCOUNT: '30101810300000000765',
    })
  })

  it.skipIf(!hasFixtures)('the error of the operator under HTTP 200', async () => {
    const epgu = await serve(() => ({ status: 200, body: fixtureText('dictionary-error-7.json') }))
    const act = testGateway(epgu.url).lookUpDictionary('NOWHERE')
    const error = await caughtAs('epgu.dictionary-refused', act)
    expect(error.data).toEqual({ errorCode: 7, fieldErrors: [], said: 'Entity not found' })
  })

  it('field errors are read beside error and inside it', async () => {
    const one = { field: 'pageNum', message: 'from 1' }
    const two = { fieldName: 'treeFiltering', errorMessage: 'unknown' }
    for (const body of [
      { error: { code: 3, message: 'bad' }, fieldErrors: [one, two] },
      { error: { code: 3, message: 'bad', fieldErrors: [one, two] } },
    ]) {
      const epgu = await serve(() => ({ status: 200, body }))
      const error = await caughtAs(
        'epgu.dictionary-refused',
        testGateway(epgu.url).lookUpDictionary('A'),
      )
      expect(error.data.fieldErrors).toEqual([one, { field: 'treeFiltering', message: 'unknown' }])
    }
  })

  it('trees keep their children; what is deeper than any tree is refused', async () => {
    const nest = (depth: number): object => ({
      value: String(depth),
      children: depth === 0 ? [] : [nest(depth - 1)],
    })
    const bodies = [nest(5), nest(40)].map((item) => ({ error: done, items: [item] }))
    const epgu = await serve(() => ({ status: 200, body: bodies.shift() }))
    const { items } = await testGateway(epgu.url).lookUpDictionary('A')
    expect(items[0]?.children[0]?.children[0]?.value).toBe('3')
    const act = testGateway(epgu.url).lookUpDictionary('A')
    expect((await caughtAs('epgu.unreadable-answer', act)).data.reason).toBe('too-deep')
  })

  it('a code that would be another path is refused', async () => {
    const epgu = await serve(() => ({ status: 200 }))
    for (const code of ['', '..', 'a/b', 'a?b', 'а']) {
      await caughtAs('epgu.invalid-argument', testGateway(epgu.url).lookUpDictionary(code))
    }
    expect(epgu.arrived).toHaveLength(0)
  })

  it('an answer without error is not taken for a success', async () => {
    const epgu = await serve(() => ({ status: 200, body: { items: [] } }))
    await caughtAs('epgu.unreadable-answer', testGateway(epgu.url).lookUpDictionary('A'))
  })
})
