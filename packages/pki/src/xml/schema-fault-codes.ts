/**
 * What is wrong with a document, in a word that stays the same whatever libxml2 says in English.
 * `element-content`: an element stands where it may not, or one that must follow is missing; libxml2 has
 * one code for both.
 */
export type XmlFaultCode =
  | 'root-unknown'
  | 'element-content'
  | 'element-abstract'
  | 'element-not-nillable'
  | 'element-fixed'
  | 'element-not-allowed'
  | 'text-not-allowed'
  | 'attribute-missing'
  | 'attribute-not-allowed'
  | 'attribute-fixed'
  | 'value-type'
  | 'value-pattern'
  | 'value-enumeration'
  | 'value-length'
  | 'value-too-short'
  | 'value-too-long'
  | 'value-too-small'
  | 'value-too-large'
  | 'value-digits'
  | 'value-fraction-digits'
  | 'key-broken'
  | 'tag-mismatch'
  | 'tag-unfinished'
  | 'document-empty'
  | 'document-continues'
  | 'document-ends'
  | 'name-invalid'
  | 'attribute-syntax'
  | 'attribute-twice'
  | 'entity-unknown'
  | 'entity-syntax'
  | 'character-invalid'
  | 'prefix-unknown'
  | 'comment-syntax'
  | 'sequence-not-allowed'

/**
 * Codes of libxml2 (`xmlParserErrors` in xmlerror.h, which it keeps): those of XML Schema are 1800 and up and
 * carry the names of the rules of XML Schema 1.0 part 1; the others are of well-formedness.
 */
const codes: ReadonlyMap<number, XmlFaultCode> = new Map([
  [4, 'document-empty'],
  [5, 'document-continues'],
  [9, 'character-invalid'],
  [23, 'entity-syntax'],
  [26, 'entity-unknown'],
  [38, 'attribute-syntax'],
  [39, 'attribute-syntax'],
  [40, 'attribute-syntax'],
  [41, 'attribute-syntax'],
  [42, 'attribute-twice'],
  [45, 'comment-syntax'],
  [62, 'sequence-not-allowed'],
  [65, 'attribute-syntax'],
  [68, 'name-invalid'],
  [73, 'tag-unfinished'],
  [74, 'tag-unfinished'],
  [76, 'tag-mismatch'],
  [77, 'document-ends'],
  [80, 'comment-syntax'],
  [201, 'prefix-unknown'],
  [1824, 'value-type'],
  [1825, 'value-type'],
  [1826, 'value-type'],
  [1827, 'attribute-not-allowed'],
  [1828, 'element-not-allowed'],
  [1830, 'value-length'],
  [1831, 'value-too-short'],
  [1832, 'value-too-long'],
  [1833, 'value-too-small'],
  [1834, 'value-too-large'],
  [1835, 'value-too-small'],
  [1836, 'value-too-large'],
  [1837, 'value-digits'],
  [1838, 'value-fraction-digits'],
  [1839, 'value-pattern'],
  [1840, 'value-enumeration'],
  [1841, 'text-not-allowed'],
  [1842, 'element-not-allowed'],
  [1843, 'text-not-allowed'],
  [1844, 'element-content'],
  [1845, 'root-unknown'],
  [1846, 'element-abstract'],
  [1847, 'element-not-nillable'],
  [1857, 'element-fixed'],
  [1858, 'element-fixed'],
  [1861, 'attribute-not-allowed'],
  [1864, 'attribute-fixed'],
  [1866, 'attribute-not-allowed'],
  [1867, 'attribute-not-allowed'],
  [1868, 'attribute-missing'],
  [1871, 'element-content'],
  [1872, 'element-content'],
  [1873, 'element-abstract'],
  [1874, 'attribute-fixed'],
  [1877, 'key-broken'],
  [1878, 'element-content'],
])

/** Our word for a code of libxml2; undefined for rare ones, which its own words tell. */
export const xmlFaultCode = (code: number | undefined): XmlFaultCode | undefined =>
  code === undefined ? undefined : codes.get(code)
