import type { AppContext } from '../app-context.ts'
import { Problem } from '../http/problems.ts'
import type { StoredBlob } from '../store/blob-store.ts'

/** Characters of a request file; no real one comes near. */
export const maxXmlLength = 2 * 1024 * 1024

/**
 * Stores XML text in UTF-8, which its declaration must not contradict.
 * @throws Problem `workbench.xml`
 */
export function storeMainXml(app: Pick<AppContext, 'store'>, xml: string): Promise<StoredBlob> {
  const encoding = /^\uFEFF?<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']/.exec(xml)?.[1]
  if (encoding !== undefined && !/^utf-?8$/i.test(encoding)) {
    throw new Problem('workbench.xml', 'The XML declares another encoding than UTF-8.', {
      fields: [
        {
          field: 'xml:1',
          code: 'xml.encoding',
          advice: 'Write encoding="UTF-8", or leave it out: the text is stored so.',
        },
      ],
    })
  }

  return app.store.put(new TextEncoder().encode(xml))
}
