import { type GoskeyServiceName, type RequestProfile, serviceOfNamespace } from './services.ts'
import { decodeXml, withoutMarkup } from './xml-text.ts'

/** What a request file is, as far as its beginning tells. */
export type RecognisedRequest = {
  readonly rootName: string
  readonly namespace: string
  readonly service: GoskeyServiceName | undefined
  /** Profile 1.8 is known by its Document blocks. */
  readonly profile: RequestProfile
}

/** Of a document, to find its root and the first elements of it. */
const headBytes = 64 * 1024
const rootLength = 4 * 1024

/**
 * Looks at the root element of a request file for the service and profile that it is meant for. Judges
 * nothing: that is the schema's work. `undefined` when no element begins.
 */
export function recogniseRequest(xml: Uint8Array): RecognisedRequest | undefined {
  const text = withoutMarkup(decodeXml(xml.subarray(0, headBytes)) ?? '')
  const [, prefix = '', rootName, attributes = ''] =
    /<(?:([\w.-]+):)?([\w.-]+)([^>]*)>/.exec(text.slice(0, rootLength)) ?? []
  if (rootName === undefined) {
    return undefined
  }
  const declaration = prefix === '' ? 'xmlns' : `xmlns:${prefix.replace(/[.-]/g, '\\$&')}`
  const [, quoted = ''] =
    new RegExp(`(?:^|\\s)${declaration}\\s*=\\s*("[^"]*"|'[^']*')`).exec(attributes) ?? []
  const namespace = quoted.slice(1, -1)

  return {
    rootName,
    namespace,
    service: serviceOfNamespace(namespace),
    profile: /<(?:[\w.-]+:)?Document[\s>]/.test(text) ? '1.8' : '1.9',
  }
}
