import * as pki from '@muhr/pki'

/** What the page is given: files in base64, and what opens and judges them. */
export type PkiSamples = {
  readonly stores: readonly {
    readonly name: string
    readonly file: string
    readonly password: string
  }[]
  readonly signatures: readonly {
    readonly name: string
    readonly container: string
    readonly content: string | null
    readonly anchor: string
  }[]
  readonly now: string
}

type Judged = {
  readonly name: string
  readonly report: pki.VerificationReport
  /** Of the same signature over other content; `null` where the content is inside. */
  readonly altered: pki.Indication | null
}

/** What the page and Node are asked alike: plain data, so that both answers can be compared. */
export async function useSamples({ stores, signatures, now: time }: PkiSamples) {
  const now = new Date(time)
  const opened: unknown[] = []
  for (const { name, file, password } of stores) {
    const { keys } = await pki.openKeyStore(pki.decodeBase64(file), { password })
    const [key] = keys
    const data = Uint8Array.of(1, 2, 3)
    const signature = await key.signer.sign(data)
    const { spki, scheme } = key.signer
    const refusal = await pki
      .openKeyStore(pki.decodeBase64(file), { password: `${password}?` })
      .then(() => null)
      .catch((error) => (pki.isPkiError(error) ? error.code : String(error)))
    opened.push({
      name,
      scheme: scheme.id,
      source: key.source,
      hasOwnCertificate: key.hasOwnCertificate,
      pkcs8: pki.toHex(key.exportPkcs8()),
      signs: pki.verifySignatureValue({ spki, scheme, data, signature }),
      refusal,
    })
  }
  const judged: Judged[] = []
  for (const { name, container, content, anchor } of signatures) {
    const certificate = pki.parseCertificate(pki.decodeBase64(anchor))
    const bytes = pki.decodeBase64(container)
    const verify = (octets: Uint8Array) =>
      pki.verifySignature({
        container: bytes,
        ...(content === null ? {} : { content: octets }),
        trust: pki.createTrustStore([{ certificate, origin: 'explicit' }]),
        policy: 'etsi-basic',
        now,
        at: now,
      })
    const octets = pki.decodeBase64(content ?? '')
    judged.push({
      name,
      report: (await verify(octets)).report,
      altered: content === null ? null : (await verify(octets.with(0, 0))).report.indication,
    })
  }
  const key = pki.createSigningKey(pki.generateKey('ru-2012-256'))
  const issued = await pki.buildCertificate(
    {
      serialNumber: 1n,
      issuer: pki.buildName([['CN', 'TEST page']]),
      subject: pki.buildName([['CN', 'TEST page']]),
      notBefore: new Date('2024-01-01T00:00:00Z'),
      notAfter: new Date('2034-01-01T00:00:00Z'),
      spki: key.spki,
      extensions: [pki.extension.keyUsage(['digitalSignature'])],
    },
    key,
  )

  return { opened, judged, issuesCertificates: pki.parseCertificate(issued).subject.text }
}
