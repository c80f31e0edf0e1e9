import { createHmac } from 'node:crypto'
import type { GenerateKeyKind } from '../../keys/index.ts'
import type { TrustStore } from '../../trust/index.ts'
import { trustIn } from '../../verify/testing/sample-containers.ts'
import { issue, sampleSigningTime, type TestPki, testPki } from '../../verify/testing/test-pki.ts'
import { algorithmUri } from '../algorithms.ts'
import { createXmlSignature } from '../create/create-xml-signature.ts'
import { gatherXmlSignatures } from '../gather-signatures.ts'
import { defaultXmlLimits } from '../limits.ts'
import { namespace, referenceType } from '../namespaces.ts'
import { writeBase64 } from '../read-base64.ts'
import {
  envelopedTransforms,
  type SignatureTemplate,
  signatureTemplate,
  signTemplate,
  transformText,
} from './sign-template.ts'

/** A hostile XML document beside its valid twin. */
export type HostileXmlSample = {
  /** The attack. */
  readonly name: string
  /** The code by which it is refused: of the container, or among the details of the checks. */
  readonly code: string
  readonly hostile: Uint8Array
  /** The same without the attack: TOTAL-PASSED under `etsi-basic`. */
  readonly twin: Uint8Array
  /** Detached content of both. */
  readonly content?: Uint8Array
  readonly trust: TrustStore
}

type Sample = Omit<HostileXmlSample, 'hostile' | 'twin' | 'trust'> & {
  readonly hostile: string | Uint8Array
  readonly twin: string | Uint8Array
}

type Bench = {
  readonly pki: TestPki
  /** Signs the one template in a document. */
  readonly sign: (document: string, content?: Uint8Array) => Promise<string>
  readonly signature: (template?: Omit<SignatureTemplate, 'identity'>) => string
  /** `<contract>` with an enveloped signature. */
  readonly enveloped: string
}

const octets = (text: string): Uint8Array => new TextEncoder().encode(text)

const contract = (inside: string): string => `<contract><sum>100</sum>${inside}</contract>`

const change = (text: string, from: string | RegExp, to: string): string => {
  const changed = text.replace(from, () => to)
  if (changed === text) {
    throw new Error('the sample does not hold what is to be changed')
  }
  return changed
}

/** Refused before a parser sees the document. */
const beforeParsing = ({ enveloped: twin }: Bench): readonly Sample[] => {
  const bomb = `<!DOCTYPE contract [<!ENTITY a "${'x'.repeat(99)}"><!ENTITY b "${'&a;'.repeat(99)}">]>`
  const utf16 = (text: string, isLittleEndian: boolean): Uint8Array => {
    const bytes = new Uint8Array(2 + 2 * text.length)
    const view = new DataView(bytes.buffer)
    view.setUint16(0, 0xfeff, isLittleEndian)
    for (let index = 0; index < text.length; index += 1) {
      view.setUint16(2 + 2 * index, text.charCodeAt(index), isLittleEndian)
    }
    return bytes
  }
  const utf16Twin = utf16(twin, true)
  const deep = (levels: number): string =>
    twin.replace('<sum>100', () => `${'<n>'.repeat(levels)}${'</n>'.repeat(levels)}<sum>100`)
  const manyNamespaces = Array.from(
    { length: 2000 },
    (_, index) => ` xmlns:n${index}="urn:${index}"`,
  )
  return [
    { name: 'DOCTYPE', code: 'xml.doctype', hostile: `<!DOCTYPE contract>${twin}`, twin },
    {
      name: 'DOCTYPE after a comment that mentions one',
      code: 'xml.doctype',
      hostile: `<!-- <!DOCTYPE x> --><!DOCTYPE contract>${twin}`,
      twin: `<!-- <!DOCTYPE x> -->${twin}`,
    },
    {
      name: 'DOCTYPE in UTF-16 little endian',
      code: 'xml.doctype',
      hostile: utf16(`<!DOCTYPE contract>${twin}`, true),
      twin: utf16Twin,
    },
    {
      name: 'DOCTYPE in UTF-16 big endian',
      code: 'xml.doctype',
      hostile: utf16(`<!DOCTYPE contract>${twin}`, false),
      twin: utf16(twin, false),
    },
    {
      name: 'external DTD',
      code: 'xml.doctype',
      hostile: `<!DOCTYPE contract SYSTEM "file:///etc/passwd">${twin}`,
      twin,
    },
    {
      name: 'entity bomb',
      code: 'xml.doctype',
      hostile: `${bomb}${change(twin, '100', '&b;')}`,
      twin,
    },
    { name: 'undeclared entity', code: 'xml.entity', hostile: change(twin, '100', '&sum;'), twin },
    {
      name: 'entity in an attribute',
      code: 'xml.entity',
      hostile: change(twin, '<sum>', '<sum a="&sum;">'),
      twin,
    },
    {
      name: 'declaration of an encoding that is not read',
      code: 'xml.unsupported-encoding',
      hostile: `<?xml version="1.0" encoding="UTF-7"?>${twin}`,
      twin: `<?xml version="1.0" encoding="UTF-8"?>${twin}`,
    },
    {
      name: 'UTF-16 that says it is UTF-8',
      code: 'xml.unsupported-encoding',
      hostile: utf16(`<?xml version="1.0" encoding="UTF-8"?>${twin}`, true),
      twin: utf16(`<?xml version="1.0" encoding="UTF-16"?>${twin}`, true),
    },
    {
      name: 'XML 1.1',
      code: 'xml.unsupported-version',
      hostile: `<?xml version="1.1"?>${twin}`,
      twin: `<?xml version="1.0"?>${twin}`,
    },
    {
      name: 'overlong UTF-8',
      code: 'xml.bad-octets',
      hostile: Uint8Array.of(...octets('<!--'), 0xc0, 0xbc, ...octets(`-->${twin}`)),
      twin: `<!--<-->${twin}`,
    },
    {
      name: 'NUL in text',
      code: 'xml.not-well-formed',
      hostile: change(twin, '100', '1\u000000'),
      twin,
    },
    {
      name: 'deep nesting',
      code: 'xml.too-deep',
      hostile: deep(10_000),
      // The signature is over another document then: what must hold is that the limit is no lower.
      twin,
    },
    {
      name: 'more nodes than the limit',
      code: 'xml.too-many-nodes',
      hostile: change(twin, '100', '<n/>'.repeat(defaultXmlLimits.maxNodes)),
      twin,
    },
    {
      name: 'thousands of namespaces over thousands of elements',
      code: 'xml.too-much-work',
      hostile: change(twin, '<sum>100', `<sum${manyNamespaces.join('')}>${'<n/>'.repeat(2000)}`),
      twin,
    },
    {
      name: 'larger than the limit',
      code: 'xml.too-large',
      hostile: change(twin, '100', '1'.repeat(defaultXmlLimits.maxBytes)),
      twin,
    },
    {
      name: 'a tag that is never closed',
      code: 'xml.not-well-formed',
      hostile: change(twin, '</contract>', ''),
      twin,
    },
    {
      name: 'a prefix that is never declared',
      code: 'xml.not-well-formed',
      hostile: change(twin, '<sum>100</sum>', '<x:sum>100</x:sum>'),
      twin,
    },
  ]
}

/** A signed element is moved to where it still verifies and nobody reads it (XSW 1 to 8). */
const wrapping = async ({ sign, signature }: Bench): Promise<readonly Sample[]> => {
  const onResponse = signature({ references: [{ uri: '#r', transforms: envelopedTransforms }] })
  const onAssertion = signature({ references: [{ uri: '#a', transforms: envelopedTransforms }] })
  const subject = (name: string): string => `<Subject>${name}</Subject>`
  const assertion = (id: string, inside: string): string =>
    `<Assertion ID="${id}">${inside}</Assertion>`
  const response = (id: string, inside: string): string =>
    `<Response ID="${id}">${inside}</Response>`

  const signedResponse = await sign(response('r', assertion('b', subject('alice')) + onResponse))
  const signedAssertion = await sign(response('q', assertion('a', subject('alice') + onAssertion)))
  const signatureOf = (text: string): string =>
    /<ds:Signature .*<\/ds:Signature>/s.exec(text)?.[0] ?? ''
  const sr = signatureOf(signedResponse)
  const sa = signatureOf(signedAssertion)
  const originalResponse = response('r', assertion('b', subject('alice')))
  const original = assertion('a', subject('alice'))
  const evil = (inside = ''): string => assertion('evil', subject('mallory') + inside)
  const into = (signatureText: string, inside: string): string =>
    change(signatureText, '</ds:Signature>', `${inside}</ds:Signature>`)
  const soap = 'http://schemas.xmlsoap.org/soap/envelope/'
  const envelope = (header: string, body: string): string =>
    `<s:Envelope xmlns:s="${soap}"><s:Header>${header}</s:Header>${body}</s:Envelope>`
  const security = (inside: string): string =>
    `<wsse:Security xmlns:wsse="${namespace.wsse}">${inside}</wsse:Security>`
  const body = (id: string, inside: string): string =>
    `<s:Body xmlns:wsu="${namespace.wsu}" wsu:Id="${id}">${inside}</s:Body>`
  const message = await sign(
    envelope(security(signature({ references: [{ uri: '#body' }] })), body('body', '<pay>1</pay>')),
  )
  const code = 'xml.reference.wrapping'
  return [
    {
      name: 'XSW 1: the signed Response inside of its signature',
      code: 'xml.signature.structure',
      hostile: response('evil', evil() + into(sr, originalResponse)),
      twin: signedResponse,
    },
    {
      name: 'XSW 2: the signed Response beside its signature',
      code,
      hostile: response('evil', evil() + originalResponse + sr),
      twin: signedResponse,
    },
    {
      name: 'XSW 3: another Assertion before the signed one',
      code,
      hostile: response('q', evil() + assertion('a', subject('alice') + sa)),
      twin: signedAssertion,
    },
    {
      name: 'XSW 4: another Assertion around the signed one',
      code,
      hostile: response('q', evil(assertion('a', subject('alice') + sa))),
      twin: signedAssertion,
    },
    {
      name: 'XSW 5: the signature in another Assertion, the signed one at the end',
      code,
      hostile: response('q', evil(sa) + original),
      twin: signedAssertion,
    },
    {
      name: 'XSW 6: the signed Assertion inside of a signature in another one',
      code: 'xml.signature.structure',
      hostile: response('q', evil(into(sa, original))),
      twin: signedAssertion,
    },
    {
      name: 'XSW 7: another Assertion in Extensions',
      code,
      hostile: response(
        'q',
        `<Extensions>${evil()}</Extensions>${assertion('a', subject('alice') + sa)}`,
      ),
      twin: signedAssertion,
    },
    {
      name: 'XSW 8: the signed Assertion in an Object of the signature in another one',
      code,
      hostile: response('q', evil(into(sa, `<ds:Object>${original}</ds:Object>`))),
      twin: signedAssertion,
    },
    {
      name: 'another Assertion with the same Id',
      code: 'xml.reference.duplicate-id',
      hostile: response(
        'q',
        assertion('a', subject('mallory')) + assertion('a', subject('alice') + sa),
      ),
      twin: signedAssertion,
    },
    {
      name: 'the same Id under another attribute',
      code: 'xml.reference.duplicate-id',
      hostile: change(signedAssertion, '<Response ID="q">', '<Response ID="q" xml:id="a">'),
      twin: signedAssertion,
    },
    {
      name: 'the signed SOAP Body moved into the header',
      code,
      hostile: change(
        change(message, body('body', '<pay>1</pay>'), body('other', '<pay>9</pay>')),
        '</s:Header>',
        `<w>${body('body', '<pay>1</pay>')}</w></s:Header>`,
      ),
      twin: message,
    },
    {
      name: 'the signed element in the Object of another signature',
      code: 'xml.reference.position',
      hostile: response(
        'q',
        `${change(sa, 'Id="s1"', 'Id="s2"')}<ds:Signature xmlns:ds="${namespace.ds}"><ds:Object>${original}</ds:Object></ds:Signature>`,
      ),
      twin: signedAssertion,
    },
    {
      name: 'an unsigned part beside the signed one',
      code: 'partial-coverage',
      hostile: change(signedAssertion, '<Response ID="q">', '<Response ID="q"><Amount>9</Amount>'),
      twin: signedAssertion,
    },
    {
      name: 'an unsigned attribute around the signed part',
      code: 'partial-coverage',
      hostile: change(signedAssertion, '<Response ID="q">', '<Response ID="q" amount="9">'),
      twin: signedAssertion,
    },
  ]
}

/** References that lead elsewhere, or through a transform that may do anything. */
const references = async (bench: Bench): Promise<readonly Sample[]> => {
  const { sign, signature, enveloped: twin, pki } = bench
  const content = octets('Шарт № 1')
  const signed = (template: Omit<SignatureTemplate, 'identity'>): Promise<string> =>
    sign(contract(signature(template)))
  const withTransforms = (transforms: string): Promise<string> =>
    signed({ references: [{ uri: '', transforms }] })
  const external = async (uri: string): Promise<string> =>
    sign(signature({ references: [{ uri, transforms: '' }] }), content)
  const xpath = (expression: string): string =>
    transformText(algorithmUri.xpath, `<ds:XPath>${expression}</ds:XPath>`)
  const filter2 = (filter: string, expression: string): string =>
    transformText(
      algorithmUri.xpathFilter2,
      `<f:XPath xmlns:f="${namespace.filter2}" Filter="${filter}">${expression}</f:XPath>`,
    )
  const exclusive = transformText(algorithmUri.exclusiveC14n)
  const allowedXpath = await withTransforms(
    xpath('not(ancestor-or-self::ds:Signature)') + exclusive,
  )
  const allowedFilter2 = await withTransforms(
    filter2('subtract', '/descendant::ds:Signature') + exclusive,
  )
  const droppedThenShown = await signed({
    references: [
      {
        uri: '#xpointer(/)',
        transforms:
          transformText(algorithmUri.enveloped) +
          transformText(algorithmUri.c14n10) +
          transformText(algorithmUri.c14n10WithComments),
      },
    ],
  })
  const byId = await sign(
    `<contract Id="c"><sum>100</sum>${signature({ references: [{ uri: '#c', transforms: envelopedTransforms }] })}</contract>`,
  )
  const textOnly = await sign(
    `<w><file Id="f">0KjQsNGA0YI=</file>${signature({ references: [{ uri: '#f', transforms: transformText(algorithmUri.base64) }] })}</w>`,
  )
  const stylesheet =
    '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/">x</xsl:template></xsl:stylesheet>'
  const named = await external('contract.pdf')
  const manifest = `<ds:Object><ds:Manifest Id="m"><ds:Reference URI="http://example.org/x"><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>AAAA</ds:DigestValue></ds:Reference></ds:Manifest></ds:Object>`
  return [
    {
      name: 'no Reference at all',
      code: 'xml.reference.none',
      hostile: await signed({ references: [] }),
      twin,
    },
    {
      name: 'a Reference to an Id that nobody has',
      code: 'xml.reference.unresolved',
      hostile: await signed({ references: [{ uri: '#nobody' }] }),
      twin,
    },
    {
      name: 'a Reference to something else',
      code: 'partial-coverage',
      hostile: await sign(
        `<contract><sum>100</sum><note Id="n">x</note>${signature({ references: [{ uri: '#n' }] })}</contract>`,
      ),
      twin: await sign(
        `<contract Id="n"><sum>100</sum><note>x</note>${signature({ references: [{ uri: '#n', transforms: envelopedTransforms }] })}</contract>`,
      ),
    },
    {
      name: 'a Reference to the key of the signature alone',
      code: 'xml.reference.no-content',
      hostile: await signed({
        references: [{ uri: '#k' }],
        keyInfo: `<ds:X509Data Id="k"><ds:X509Certificate>${writeBase64(pki.signer.certificate.bytes)}</ds:X509Certificate></ds:X509Data>`,
      }).then((text) =>
        change(
          change(text, '<ds:X509Data Id="k">', '<ds:X509Data>'),
          '<ds:KeyInfo>',
          '<ds:KeyInfo Id="k">',
        ),
      ),
      twin,
    },
    {
      name: 'a file URI',
      code: 'xml.reference.forbidden-uri',
      hostile: await external('file:///etc/passwd'),
      twin: named,
      content,
    },
    {
      name: 'an absolute path',
      code: 'xml.reference.forbidden-uri',
      hostile: await external('/etc/passwd'),
      twin: named,
      content,
    },
    {
      name: 'an FTP URI',
      code: 'xml.reference.forbidden-uri',
      hostile: await external('ftp://example.org/contract.pdf'),
      twin: named,
      content,
    },
    {
      name: 'several external references',
      code: 'xml.reference.several-external',
      hostile: await sign(
        signature({
          references: [
            { uri: 'contract.pdf', transforms: '' },
            { uri: 'other.pdf', transforms: '' },
          ],
        }),
        content,
      ),
      twin: named,
      content,
    },
    {
      name: 'an XPointer that is more than an Id',
      code: 'xml.reference.pointer',
      hostile: await signed({ references: [{ uri: '#xpointer(//sum)' }] }),
      twin: await signed({
        references: [{ uri: '#xpointer(/)', transforms: envelopedTransforms }],
      }),
    },
    {
      name: 'XSLT',
      code: 'xml.transform.xslt',
      hostile: await withTransforms(transformText(algorithmUri.xslt, stylesheet)),
      twin,
    },
    {
      name: 'XPath that selects nothing',
      code: 'xml.transform.xpath',
      hostile: await withTransforms(xpath('false()') + exclusive),
      twin: allowedXpath,
    },
    {
      name: 'XPath that leaves out content',
      code: 'xml.transform.xpath',
      hostile: await withTransforms(
        xpath('not(ancestor-or-self::ds:Signature) and not(ancestor-or-self::sum)') + exclusive,
      ),
      twin: allowedXpath,
    },
    {
      name: 'XPath of the allowed form under another namespace',
      code: 'xml.transform.xpath',
      hostile: await withTransforms(
        transformText(
          algorithmUri.xpath,
          '<ds:XPath xmlns:x="urn:x">not(ancestor-or-self::x:Signature)</ds:XPath>',
        ) + exclusive,
      ),
      twin: allowedXpath,
    },
    {
      name: 'XPath Filter 2.0 that intersects',
      code: 'xml.transform.xpath',
      hostile: await withTransforms(filter2('intersect', '/descendant::ds:Signature') + exclusive),
      twin: allowedFilter2,
    },
    {
      name: 'an unknown transform',
      code: 'xml.transform.unknown',
      hostile: await withTransforms(transformText('urn:example:decrypt')),
      twin,
    },
    {
      name: 'transforms out of order',
      code: 'xml.transform.order',
      hostile: await withTransforms(exclusive + transformText(algorithmUri.enveloped)),
      twin,
    },
    {
      name: 'thousands of transforms',
      code: 'xml.transform.too-many',
      hostile: await withTransforms(transformText(algorithmUri.enveloped).repeat(2000)),
      twin,
    },
    {
      name: 'more references than the limit',
      code: 'xml.reference.too-many',
      hostile: await signed({
        references: Array.from({ length: 40 }, () => ({
          uri: '',
          transforms: envelopedTransforms,
        })),
      }),
      twin,
    },
    {
      name: 'a Manifest and nothing else',
      code: 'manifest-not-followed',
      hostile: await signed({
        references: [{ uri: '#m', attributes: ` Type="${referenceType.manifest}"` }],
        objects: manifest,
      }),
      twin,
    },
    {
      name: 'a comment inside of a signed text',
      code: 'xml.reference.comment-in-text',
      hostile: change(twin, '<sum>100', '<sum>1<!---->00'),
      twin: change(twin, '<sum>100', '<!----><sum>100'),
    },
    {
      name: 'a comment in front of a signed text',
      code: 'xml.reference.comment-in-text',
      hostile: change(twin, '<sum>100', '<sum><!---->100'),
      twin: change(twin, '100</sum>', '100<!----></sum>'),
    },
    {
      name: 'a comment in a signed text, shown only after it was dropped',
      code: 'xml.reference.comment-in-text',
      hostile: change(droppedThenShown, '<sum>100', '<sum>1<!---->00'),
      twin: droppedThenShown,
    },
    {
      name: 'an Object in the signature that nobody signed',
      code: 'partial-coverage',
      hostile: change(
        twin,
        '</ds:Signature>',
        '<ds:Object><sum>900</sum></ds:Object></ds:Signature>',
      ),
      twin,
    },
    {
      name: 'content in KeyInfo',
      code: 'partial-coverage',
      hostile: change(twin, '</ds:KeyInfo>', '<sum>900</sum></ds:KeyInfo>'),
      twin: change(twin, '</ds:KeyInfo>', '<ds:KeyName>x</ds:KeyName></ds:KeyInfo>'),
    },
    {
      name: 'a stylesheet beside the root that is signed by its Id',
      code: 'partial-coverage',
      hostile: `<?xml-stylesheet href="x.xsl"?>${byId}`,
      twin: byId,
    },
    {
      name: 'an attribute of an element of which the text alone is signed',
      code: 'partial-coverage',
      hostile: change(textOnly, '<file Id="f">', '<file Id="f" name="other.pdf">'),
      twin: textOnly,
    },
    {
      name: 'changed content',
      code: 'message-digest-mismatch',
      hostile: change(twin, '<sum>100', '<sum>900'),
      twin,
    },
    {
      name: 'a namespace declared around the signed element',
      code: 'message-digest-mismatch',
      hostile: change(
        await signed({
          references: [{ uri: '', transforms: transformText(algorithmUri.enveloped) }],
        }),
        '<contract>',
        '<contract xmlns:x="urn:x">',
      ),
      twin: await signed({
        references: [{ uri: '', transforms: transformText(algorithmUri.enveloped) }],
      }),
    },
  ]
}

/** SignedInfo, SignatureValue and algorithms. */
const structure = async (bench: Bench): Promise<readonly Sample[]> => {
  const { pki, sign, signature, enveloped: twin } = bench
  const signed = (template: Omit<SignatureTemplate, 'identity'>): Promise<string> =>
    sign(contract(signature(template)))
  const more = 'http://www.w3.org/2001/04/xmldsig-more#'
  const hmacUri = `${more}hmac-sha256`
  const draft = await signed({ methodUri: hmacUri })
  const [fact] = await gatherXmlSignatures(octets(draft))
  const hmac = createHmac('sha256', pki.signer.certificate.spki.bytes)
    .update(fact?.signedInfo ?? new Uint8Array())
    .digest('base64')
  const signedInfo = /<ds:SignedInfo>.*<\/ds:SignedInfo>/s.exec(twin)?.[0] ?? ''
  const value = /<ds:SignatureValue>(.*?)<\/ds:SignatureValue>/s.exec(twin)?.[1] ?? ''
  const digest = /<ds:DigestValue>(.*?)<\/ds:DigestValue>/s.exec(twin)?.[1] ?? ''
  const isRsa = pki.signer.certificate.spki.key.type === 'rsa'
  return [
    {
      name: 'two SignedInfo',
      code: 'xml.signature.structure',
      hostile: change(twin, signedInfo, signedInfo + signedInfo),
      twin,
    },
    {
      name: 'a forged SignedInfo before the signed one',
      code: 'xml.signature.structure',
      hostile: change(twin, signedInfo, change(signedInfo, digest, 'AAAA') + signedInfo),
      twin,
    },
    {
      name: 'two SignatureValue',
      code: 'xml.signature.structure',
      hostile: change(
        twin,
        '<ds:SignatureValue>',
        '<ds:SignatureValue>AAAA</ds:SignatureValue><ds:SignatureValue>',
      ),
      twin,
    },
    {
      name: 'a foreign element in SignedInfo',
      code: 'xml.signature.structure',
      hostile: change(twin, '</ds:SignedInfo>', '<x xmlns="urn:x"/></ds:SignedInfo>'),
      twin,
    },
    {
      name: 'a comment in DigestValue',
      code: 'xml.reference.malformed',
      hostile: change(twin, digest, `<!--${digest}-->${digest}`),
      twin,
    },
    {
      name: 'a comment in SignatureValue',
      code: 'xml.signature.value-malformed',
      hostile: change(twin, value, `${value.slice(0, 4)}<!---->${value.slice(4)}`),
      twin,
    },
    {
      name: 'SignatureValue that is no base64',
      code: 'xml.signature.value-malformed',
      hostile: change(twin, value, `*${value}`),
      twin,
    },
    {
      name: 'megabytes of SignatureValue',
      code: 'xml.signature.value-malformed',
      hostile: change(twin, value, 'AAAA'.repeat(1_000_000)),
      twin,
    },
    {
      name: 'megabytes of a certificate',
      code: 'xml.key-info.malformed',
      hostile: change(
        twin,
        '<ds:X509Certificate>',
        `<ds:X509Certificate>${'AAAA'.repeat(1_000_000)}`,
      ),
      twin,
    },
    {
      name: 'a namespace that only looks like XML Signature',
      code: 'xml.no-signature',
      hostile: change(twin, namespace.ds, 'http://www.w3.org/2000/09/xmldsig'),
      twin,
    },
    {
      name: 'a SignedInfo of another namespace',
      code: 'xml.signature.structure',
      hostile: change(
        change(twin, '<ds:SignedInfo>', '<x:SignedInfo xmlns:x="urn:x">'),
        '</ds:SignedInfo>',
        '</x:SignedInfo>',
      ),
      twin,
    },
    {
      name: 'a signature in a comment',
      code: 'xml.no-signature',
      hostile: change(
        change(twin, '<ds:Signature ', '<!--<ds:Signature '),
        '</ds:Signature>',
        '</ds:Signature>-->',
      ),
      twin,
    },
    {
      name: 'more signatures than the limit',
      code: 'xml.too-many-signatures',
      hostile: change(
        twin,
        '</contract>',
        `${`<ds:Signature xmlns:ds="${namespace.ds}"/>`.repeat(20)}</contract>`,
      ),
      twin,
    },
    {
      name: 'an empty signature beside a good one',
      code: 'xml.signature.structure',
      hostile: change(twin, '</contract>', `<ds:Signature xmlns:ds="${namespace.ds}"/></contract>`),
      twin,
    },
    {
      name: 'HMAC with the public key',
      code: 'xml.method.hmac',
      hostile: change(
        draft,
        /<ds:SignatureValue>.*?<\/ds:SignatureValue>/s,
        `<ds:SignatureValue>${hmac}</ds:SignatureValue>`,
      ),
      twin,
    },
    {
      name: 'an unknown SignatureMethod',
      code: 'xml.method.unknown',
      hostile: await signed({ methodUri: 'urn:example:none' }),
      twin,
    },
    {
      name: 'a SignatureMethod of another kind of key',
      code: 'algorithm.mismatch',
      hostile: await signed({
        methodUri: isRsa
          ? 'urn:ietf:params:xml:ns:cpxmlsec:algorithms:gostr34102012-gostr34112012-256'
          : `${more}rsa-sha256`,
      }),
      twin,
    },
    {
      name: 'a DigestMethod of another country',
      code: 'xml.method.digest-mismatch',
      hostile: await signed({
        references: [{ uri: '', transforms: envelopedTransforms, digestUri: `${more}gost34311` }],
      }),
      twin,
    },
    {
      name: 'an unknown DigestMethod',
      code: 'digest-unsupported',
      hostile: await signed({
        references: [{ uri: '', transforms: envelopedTransforms, digestUri: 'urn:example:md4' }],
      }),
      twin,
    },
    {
      name: 'an unknown canonicalisation',
      code: 'xml.c14n.unknown',
      hostile: await signed({ c14n: 'urn:example:none' }),
      twin,
    },
    {
      name: 'a changed SignatureMethod',
      code: 'signature-invalid',
      hostile: change(twin, '</ds:SignedInfo>', ' </ds:SignedInfo>'),
      twin,
    },
    {
      name: 'a key and no certificate',
      code: 'certificate-absent',
      hostile: await signed({
        keyInfo:
          '<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>AQAB</ds:Modulus><ds:Exponent>AQAB</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>',
      }),
      twin,
    },
    {
      name: 'a certificate that is none',
      code: 'xml.key-info.malformed',
      hostile: change(twin, /<ds:X509Certificate>[^<]*/, '<ds:X509Certificate>AAAA'),
      twin,
    },
    {
      name: 'the certificate of somebody else',
      code: 'signature-invalid',
      hostile: change(
        twin,
        writeBase64(pki.signer.certificate.bytes),
        writeBase64(pki.ocsp.certificate.bytes),
      ),
      twin,
    },
  ]
}

/** XAdES: what is said must be signed, and by the one who is named. */
const xades = async ({ pki }: Bench, kind: GenerateKeyKind): Promise<readonly Sample[]> => {
  const make = async (form: 'enveloped' | 'external'): Promise<string> =>
    new TextDecoder().decode(
      await createXmlSignature({
        ...(form === 'enveloped'
          ? { form, document: octets('<contract><sum>100</sum></contract>') }
          : { form, octets: octets('x'), uri: 'x.txt' }),
        signer: { ...pki.signer, certificates: [pki.authority.certificate.bytes] },
        id: 's1',
        xades: { signingTime: sampleSigningTime },
      }),
    )
  const twin = await make('enveloped')
  const namesake = await issue(
    { commonName: 'SOMEBODY ELSE', kind, key: pki.signer.key },
    pki.authority,
  )
  const swapped = change(
    twin,
    writeBase64(pki.signer.certificate.bytes),
    writeBase64(namesake.certificate.bytes),
  )
  const reference = /<ds:Reference Type=.*?<\/ds:Reference>/s.exec(twin)?.[0] ?? ''
  const properties = /<xades:SignedProperties .*<\/xades:SignedProperties>/s.exec(twin)?.[0] ?? ''
  return [
    {
      name: 'another certificate of the same key in KeyInfo',
      code: 'signing-certificate.mismatch',
      hostile: swapped,
      twin,
    },
    {
      name: 'SignedProperties that no Reference covers',
      code: 'xml.xades.signed-properties-not-referenced',
      hostile: change(twin, reference, ''),
      twin,
    },
    {
      name: 'SignedProperties covered under another Type',
      code: 'xml.xades.signed-properties-not-referenced',
      hostile: change(twin, ` Type="${referenceType.signedProperties}"`, ''),
      twin,
    },
    {
      name: 'the signed SignedProperties moved away, others in their place',
      code: 'xml.xades.signed-properties-elsewhere',
      hostile: change(
        change(twin, properties, change(properties, 'Id="s1-properties"', 'Id="other"')),
        '</ds:Signature>',
        `<ds:Object xmlns:xades="${namespace.xades}">${properties}</ds:Object></ds:Signature>`,
      ),
      twin,
    },
    {
      name: 'two SignedProperties',
      code: 'xml.xades.structure',
      hostile: change(
        twin,
        properties,
        properties + change(properties, 'Id="s1-properties"', 'Id="other"'),
      ),
      twin,
    },
    {
      name: 'properties of another signature',
      code: 'xml.xades.target',
      hostile: change(twin, 'Target="#s1"', 'Target="#s2"'),
      twin,
    },
    {
      name: 'changed signing time',
      code: 'message-digest-mismatch',
      hostile: change(twin, '<xades:SigningTime>2026', '<xades:SigningTime>2025'),
      twin,
    },
    {
      name: 'a format of a reference that is not there',
      code: 'xml.xades.object-reference',
      hostile: change(twin, 'ObjectReference="#s1-reference"', 'ObjectReference="#x"'),
      twin,
    },
    {
      name: 'content among the qualifying properties',
      code: 'xml.xades.structure',
      hostile: change(
        twin,
        '</xades:QualifyingProperties>',
        '<sum>900</sum></xades:QualifyingProperties>',
      ),
      twin,
    },
    {
      name: 'content beside the groups of unsigned properties',
      code: 'attribute-malformed sum',
      hostile: change(
        twin,
        '</xades:QualifyingProperties>',
        '<xades:UnsignedProperties><sum>900</sum></xades:UnsignedProperties></xades:QualifyingProperties>',
      ),
      twin,
    },
    {
      name: 'content among the unsigned properties',
      code: 'attribute-hidden sum',
      hostile: change(
        twin,
        '</xades:QualifyingProperties>',
        '<xades:UnsignedProperties><xades:UnsignedSignatureProperties><sum>900</sum></xades:UnsignedSignatureProperties></xades:UnsignedProperties></xades:QualifyingProperties>',
      ),
      twin,
    },
    {
      name: 'a time-stamp that is none',
      code: 'attribute-malformed SignatureTimeStamp',
      hostile: change(
        twin,
        '</xades:QualifyingProperties>',
        '<xades:UnsignedProperties><xades:UnsignedSignatureProperties><xades:SignatureTimeStamp><xades:EncapsulatedTimeStamp>*</xades:EncapsulatedTimeStamp></xades:SignatureTimeStamp></xades:UnsignedSignatureProperties></xades:UnsignedProperties></xades:QualifyingProperties>',
      ),
      twin,
    },
  ]
}

const asOctets = (value: string | Uint8Array): Uint8Array =>
  typeof value === 'string' ? octets(value) : value

/**
 * Every attack on XML signatures that we know, each beside its valid twin and with the code by which it
 * is refused. The mathematics is right wherever an attacker can make it right, so that the named fault
 * alone speaks against a sample.
 */
export const hostileXmlSamples = async (
  kind: 'rsa-2048' | 'kz-2015-512' | 'ru-2012-256',
): Promise<readonly HostileXmlSample[]> => {
  const pki = await testPki(kind)
  const trust = trustIn(pki.root, pki.authority)
  const identity = pki.signer
  const sign: Bench['sign'] = (document, content) =>
    signTemplate(document, { identity, ...(content === undefined ? {} : { content }) })
  const signature: Bench['signature'] = (template = {}) =>
    signatureTemplate({ ...template, identity })
  const bench: Bench = { pki, sign, signature, enveloped: await sign(contract(signature())) }
  const samples = [
    ...beforeParsing(bench),
    ...(await wrapping(bench)),
    ...(await references(bench)),
    ...(await structure(bench)),
    ...(await xades(bench, kind)),
  ]
  return samples.map((sample) => ({
    ...sample,
    hostile: asOctets(sample.hostile),
    twin: asOctets(sample.twin),
    trust,
  }))
}
