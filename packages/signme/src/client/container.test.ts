import { describe, expect, it } from 'vitest'
import { caught, caughtAs } from '../testing/caught.ts'
import { serve } from '../testing/serve.ts'
import { containerSample as der, hello, testSignme, testSuffix } from '../testing/test-signme.ts'

const pem = (label: string) =>
  `-----BEGIN ${label}-----\n${der.toString('base64').replace(/.{64}/g, '$&\r\n')}\n-----END ${label}-----\n`
const path = '/signaturecheck/get_grp_pkcs/hash/'

describe('3: all signatures in one container', () => {
  it('3: GET get_grp_pkcs/hash/ and the MD5 gives the container', async () => {
    const server = await serve(() => ({ status: 200, body: der }))
    const read = await testSignme(server.url).container(hello.md5.toUpperCase())
    expect(Buffer.from(read ?? [])).toEqual(der)
    expect(server.arrived.map(({ url }) => url)).toEqual([path + hello.md5])
  })

  it('DER, PEM and base64, in quotation marks too, are one container', async () => {
    for (const body of [
      der,
      pem('PKCS7'),
      pem('CMS'),
      der.toString('base64'),
      `"${der.toString('base64')}"`,
      `${der.toString('base64').replace(/.{76}/g, '$&\n')}\n`,
    ]) {
      const server = await serve(() => ({ status: 200, body }))
      expect(Buffer.from((await testSignme(server.url).container(hello.md5)) ?? [])).toEqual(der)
    }
    const ber = Buffer.from('3080020101' + '0000', 'hex')
    const server = await serve(() => ({ status: 200, body: ber }))
    expect(Buffer.from((await testSignme(server.url).container(hello.md5)) ?? [])).toEqual(ber)
  })

  it('T6: the example of 31 digits is refused; upper case is tried where lower finds nothing', async () => {
    const signme = testSignme('http://127.0.0.1:1')
    const error = await caughtAs(
      'signme.invalid-argument',
      signme.container('B87F869D15B0FDC4C92A414FFBF5EA7'),
    )
    expect(error.data.field).toBe('md5')

    for (const empty of [{ status: 404 }, { status: 200, body: '' }]) {
      const server = await serve(({ path: asked }) =>
        asked === path + hello.md5.toUpperCase() ? { status: 200, body: der } : empty,
      )
      expect(await testSignme(server.url).container(hello.md5)).toBeDefined()
      expect(server.arrived).toHaveLength(2)
    }
  })

  it('nothing under either spelling is undefined, not an error', async () => {
    const server = await serve(() => ({ status: 404, body: '<html>404</html>' }))
    expect(await testSignme(server.url).container(hello.md5)).toBeUndefined()
    expect(server.arrived).toHaveLength(2)
  })

  it('what is no container is refused', async () => {
    for (const body of ['0', 'hello', der.subarray(0, 100), Buffer.concat([der, der]), '{}']) {
      const server = await serve(() => ({ status: 200, body: Buffer.from(body) }))
      const error = await caught(testSignme(server.url).container(hello.md5))
      expect(error.data).toMatchObject({ reason: 'no-container', retry: 'final' })
    }
  })

  it('more than the limit is not read', async () => {
    const server = await serve(() => ({ status: 200, body: der }))
    const signme = testSignme(server.url, { limits: { maxContainerBytes: 100 } })
    expect((await caught(signme.container(hello.md5))).data).toMatchObject({ reason: 'too-large' })
  })

  it('the container of one request, of the newer API, is a fallback', async () => {
    const server = await serve(() => ({ status: 200, body: der }))
    const signme = testSignme(server.url)
    expect(await signme.containerOfRequest({ md5: hello.md5, suffix: testSuffix })).toBeDefined()
    expect(server.arrived[0]?.url).toBe(`/signaturecheck/get_t_pkcs/hash/${hello.md5}/320186`)
  })
})
