import type { Api1 } from './read-api1.ts'
import type { Api2, Api2Document } from './read-api2.ts'

/** A document as the person sees it before signing. */
export type DocumentView = Pick<
  Api2Document,
  'id' | 'method' | 'names' | 'meta' | 'mime' | 'display'
> & {
  readonly sizeBytes: number
  /** The file itself, for showing: a PDF is decoded also where its base64 text is what gets signed. */
  readonly file: () => Uint8Array
}

/** What the app shows when a request is open. */
export type OpenedView = {
  readonly via: 'qr' | 'cross-link'
  readonly description: string
  readonly expiresAt: Date
  readonly organisation: Api1['organisation']
  readonly authType: Api1['auth']['type']
  readonly method: Api2['method']
  readonly documents: readonly DocumentView[]
}

/** Builds the view of what API #1 and API #2 said. */
export function openedView(via: OpenedView['via'], api1: Api1, api2: Api2): OpenedView {
  return {
    via,
    description: api1.description,
    expiresAt: api1.expiresAt,
    organisation: api1.organisation,
    authType: api1.auth.type,
    method: api2.method,
    documents: api2.documents.map((document) => {
      const isBase64 = isCms(document) || document.display === 'pdf'

      return {
        id: document.id,
        method: document.method,
        names: document.names,
        meta: document.meta,
        mime: document.mime,
        display: document.display,
        sizeBytes: Buffer.byteLength(document.data, isBase64 ? 'base64' : 'utf8'),
        file: () => Buffer.from(document.data, isBase64 ? 'base64' : 'utf8'),
      }
    }),
  }
}

/**
 * The bytes that a method signs (kz-egov-mobile §6): the decoded file for both CMS methods, the UTF-8 of the
 * `data` string for SIGN_BYTES_ARRAY [public client], the text of `documentXml` for XML.
 */
export function signedBytesOf(document: Pick<Api2Document, 'method' | 'data'>): Uint8Array {
  return Buffer.from(document.data, isCms(document) ? 'base64' : 'utf8')
}

function isCms({ method }: Pick<Api2Document, 'method'>): boolean {
  return method === 'CMS_WITH_DATA' || method === 'CMS_SIGN_ONLY'
}
