import { createSigningKey, parseCertificate, signDigestedContent } from '@muhr/pki'
import { describeSignerKey } from '@muhr/signer-key'
import type { TestOrganisationKey } from '@muhr/signer-key/testing'
import type { Page } from 'playwright-core'

/** How the stand-in misbehaves, one way at a time. */
export type PlugInFault = 'cancelled' | 'other-content'

/** What the stand-in was asked to sign. */
export type PlugInCalls = {
  readonly digests: readonly string[]
  /** Which way it fails from now on; undefined: it signs. */
  fault: PlugInFault | undefined
}

/**
 * Puts a `cadesplugin` on every page that is opened in this one: an object with the documented interface
 * of CryptoPro CAdES Browser plug-in, which refuses any arguments but those that are documented, and whose
 * key signs by `@muhr/pki` in this process. The real plug-in was never at hand.
 */
export async function putPlugIn(page: Page, key: TestOrganisationKey): Promise<PlugInCalls> {
  const certificate = parseCertificate(key.certificate)
  const { sha1, subject, notAfter } = describeSignerKey('browser-plugin', key.certificate)
  const { key: publicKey } = certificate.spki
  const signer = createSigningKey(key.pkcs8, {
    publicKey: publicKey.type === 'gost' ? publicKey.point : undefined,
  })
  const digests: string[] = []
  const calls: { readonly digests: string[]; fault: PlugInFault | undefined } = {
    digests,
    fault: undefined,
  }
  await page.exposeFunction(
    'muhrTestSign',
    async (wish: { readonly digest: string; readonly time: string }): Promise<string> => {
      if (calls.fault === 'cancelled') {
        throw new Error('Действие было отменено пользователем. (0x8010006E)')
      }
      digests.push(wish.digest)
      const digest = new Uint8Array(Buffer.from(wish.digest, 'hex'))
      const signed = calls.fault === 'other-content' ? digest.map((octet) => octet ^ 1) : digest
      const cms = await signDigestedContent({
        content: { looksLikeAttributes: false, digest: () => signed },
        signers: [
          {
            key: { ...signer, spki: certificate.spki },
            certificate,
            signingTime: new Date(wish.time),
            profile: 'ru-cryptopro',
          },
        ],
      })

      return Buffer.from(cms).toString('base64')
    },
  )
  await page.addInitScript(definePlugIn, {
    thumbprint: sha1.toUpperCase(),
    subject,
    validTo: notAfter.toISOString(),
    certificate: Buffer.from(key.certificate).toString('base64'),
    algorithm: signer.scheme.digestOid === '1.2.643.7.1.1.2.3' ? 102 : 101,
  })

  return calls
}

type Given = {
  readonly thumbprint: string
  readonly subject: string
  readonly validTo: string
  readonly certificate: string
  readonly algorithm: number
}

/** Runs on the page, before its scripts: nothing from outside is seen here. */
function definePlugIn(given: Given): void {
  const expect = (isRight: boolean, what: string) => {
    if (!isRight) throw new Error(`the stand-in was not called as documented: ${what} (0x80070057)`)
  }
  /** The plug-in gives text in lines. */
  const inLines = (text: string) => `${text.replace(/(.{64})/g, '$1\r\n')}\r\n`
  const certificate = {
    SubjectName: Promise.resolve(given.subject),
    IssuerName: Promise.resolve(given.subject),
    Thumbprint: Promise.resolve(given.thumbprint),
    ValidToDate: Promise.resolve(given.validTo),
    HasPrivateKey: async () => true,
    Export: async (encoding: number) => {
      expect(encoding === 0, 'Export(CADESCOM_ENCODE_BASE64)')

      return inLines(given.certificate)
    },
  }
  const listOf = (items: readonly unknown[]) => ({
    Count: Promise.resolve(items.length),
    Item: async (index: number) => {
      expect(index >= 1 && index <= items.length, 'Item is counted from 1')

      return items[index - 1]
    },
    Find: async (by: number, thumbprint: string) => {
      expect(by === 0, 'Find(CAPICOM_CERTIFICATE_FIND_SHA1_HASH)')

      return listOf(thumbprint === given.thumbprint ? [certificate] : [])
    },
  })
  const makers: Record<string, () => object> = {
    'CAdESCOM.About': () => ({ Version: Promise.resolve('2.0.15000') }),
    'CAdESCOM.Store': () => {
      let isOpen = false

      return {
        Open: async (location: number, name: string, mode: number) => {
          expect([2, 100].includes(location) && name === 'My' && mode === 2, 'Store.Open')
          isOpen = true
        },
        get Certificates() {
          expect(isOpen, 'the store is opened first')

          return Promise.resolve(listOf([certificate]))
        },
        Close: async () => {
          isOpen = false
        },
      }
    },
    'CAdESCOM.HashedData': () => {
      const state = { algorithm: 0, hash: '' }

      return {
        state,
        propset_Algorithm: async (algorithm: number) => {
          state.algorithm = algorithm
        },
        SetHashValue: async (hex: string) => {
          // The length is judged by the algorithm, so it comes first.
          const length = state.algorithm === 102 ? 128 : 64
          expect(state.algorithm === given.algorithm, 'the algorithm is that of the key')
          expect(hex.length === length && /^[0-9A-F]+$/.test(hex), 'SetHashValue takes hex')
          state.hash = hex
        },
      }
    },
    'CADESCOM.CPAttribute': () => {
      const state: { name?: number; value?: Date } = {}

      return {
        state,
        propset_Name: async (name: number) => {
          state.name = name
        },
        propset_Value: async (value: Date) => {
          expect(value instanceof Date, 'the signing time is a Date')
          state.value = value
        },
      }
    },
    'CAdESCOM.CPSigner': () => {
      const state: { certificate?: unknown; options?: number; time?: Date } = {}

      return {
        state,
        propset_Certificate: async (chosen: unknown) => {
          state.certificate = chosen
        },
        propset_Options: async (options: number) => {
          state.options = options
        },
        AuthenticatedAttributes2: Promise.resolve({
          Add: async (attribute: { readonly state: { name?: number; value?: Date } }) => {
            expect(attribute.state.name === 0, 'the attribute is the signing time')
            if (attribute.state.value !== undefined) state.time = attribute.state.value
          },
        }),
      }
    },
    'CAdESCOM.CadesSignedData': () => ({
      SignHash: async (
        hashed: { readonly state: { readonly hash: string } },
        signer: {
          readonly state: {
            readonly certificate?: unknown
            readonly options?: number
            readonly time?: Date
          }
        },
        type: number,
      ) => {
        expect(type === 1, 'CADESCOM_CADES_BES')
        expect(signer.state.certificate === certificate, 'the certificate of the store')
        expect(signer.state.options === 2, 'the certificate of the signer alone')
        const sign = Reflect.get(window, 'muhrTestSign') as (wish: object) => Promise<string>
        const time = signer.state.time?.toISOString()

        return inLines(await sign({ digest: hashed.state.hash, time }))
      },
    }),
  }
  Reflect.set(window, 'cadesplugin', {
    CreateObjectAsync: async (name: string) => {
      const make = makers[name]
      expect(make !== undefined, `there is no ${name}`)

      return make?.()
    },
  })
}
