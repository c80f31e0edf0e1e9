import type { XmlDocument, XmlElement } from 'libxml2-wasm'
import { isElement } from './elements.ts'
import { namespace } from './namespaces.ts'

/** What an Id may be here: a name, or at least nothing that an XPath literal cannot hold. */
const idPattern = /^[^'"&<>\s()]+$/

/**
 * All elements that some reader may take for the one of this Id: by an attribute Id, ID or id, xml:id or
 * wsu:Id. There is no DTD that would tell which of them is of type ID, so each of them counts, and two
 * elements make the Id useless (security.md row 10).
 */
export const findById = (document: XmlDocument, id: string): readonly XmlElement[] =>
  idPattern.test(id)
    ? document
        .find(
          `//*[@Id='${id}' or @ID='${id}' or @id='${id}' or @xml:id='${id}' or @wsu:Id='${id}']`,
          {
            xml: namespace.xml,
            wsu: namespace.wsu,
          },
        )
        .filter(isElement)
    : []
