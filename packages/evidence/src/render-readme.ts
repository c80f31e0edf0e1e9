import type { Manifest } from './manifest.ts'
import type { EvidenceSource } from './source.ts'

const rule = '-'.repeat(78)

/** Does openssl itself know the algorithm of this signature? Kazakh and Uzbek OIDs it does not. */
function isRsa(source: EvidenceSource, index: number): boolean {
  const name = source.signatures[index]?.report.signatures[0]?.signatureAlgorithm.name ?? ''

  return /rsa/i.test(name)
}

/** `README.txt`: what the bundle holds and how to check all of it again, by Muhr and without Muhr. */
export function renderReadme(source: EvidenceSource, signatures: Manifest['signatures']): string {
  const { envelope } = source
  const lines = [
    `EVIDENCE OF ENVELOPE ${envelope.id}`,
    rule,
    ...(envelope.sandbox
      ? [
          'SANDBOX. The keys and certificates are test ones. These signatures have no legal force.',
          'ПЕСОЧНИЦА. Ключи и сертификаты тестовые. Подписи не имеют юридической силы.',
          'ҚҰМСАЛҒЫШ. Кілттер мен сертификаттар сынақ үшін. Қолтаңбалардың заңды күші жоқ.',
          'SINOV MAYDONI. Kalitlar va sertifikatlar sinov uchun. Imzolarning yuridik kuchi yoʻq.',
          rule,
        ]
      : []),
    `Title         ${envelope.title}`,
    `Sent by       ${envelope.organisation}${envelope.bin === undefined ? '' : `, BIN ${envelope.bin}`}`,
    `State         ${envelope.state}`,
    `Created       ${envelope.createdAt}`,
    `Sent          ${envelope.sentAt ?? '-'}`,
    `Ended         ${envelope.endedAt ?? '-'}`,
    '',
    'SIGNATURES',
    rule,
    ...signatures.flatMap((signature) => [
      signature.path,
      `  over        ${signature.content}`,
      `  asked from  ${signature.recipient}`,
      `  certificate ${signature.signer.name}${signature.signer.iin === undefined ? '' : `, IIN ${signature.signer.iin}`}${signature.signer.bin === undefined ? '' : `, BIN ${signature.signer.bin}`}`,
      `  found       ${signature.indication}${signature.acceptedBy === undefined ? '' : ` (accepted by a person: ${signature.acceptedBy.reason})`}`,
      '',
    ]),
    'FILES',
    rule,
    'manifest.json            names every file with its SHA-256',
    'timestamps/manifest.tst  RFC 3161 time-stamp over manifest.json, when one was taken:',
    '                         everything named there existed at that time',
    'documents/, contents/    what was signed (a content is named only where it differs',
    '                         from its document)',
    'signatures/              the signatures as they were received',
    'certificates/            the certificates of the paths (DER)',
    'revocation/              OCSP answers and CRLs as they were received (DER)',
    'timestamps/              time-stamps found in the signatures (DER)',
    'report.json, report.html what was found when the signatures were checked',
    'events.jsonl             the audit journal: each line holds the SHA-256 of the line before',
    '',
    'CHECK EVERYTHING WITH MUHR (no network is used)',
    rule,
    'ROOT.pem holds the root certificates that YOU trust, taken from the authority itself,',
    'not from this bundle.',
    '',
    `  npx muhr verify ${envelope.id}.zip --trust ROOT.pem`,
    '',
    'Exit code 0: every signature is proven. 1: something fails. 2: data is missing.',
    'One signature alone:',
    '',
    ...signatures
      .slice(0, 1)
      .map(
        (signature) =>
          `  npx muhr verify ${signature.path}${signature.detached ? ` --content ${signature.content}` : ''} --trust ROOT.pem`,
      ),
    '',
    'CHECK WITHOUT MUHR',
    rule,
    'Digests of all files (must equal manifest.json):',
    '',
    '  sha256sum documents/* signatures/* certificates/* revocation/* timestamps/*',
    '',
    'What a signature holds:',
    '',
    ...signatures
      .slice(0, 1)
      .map((signature) => `  openssl cms -cmsout -print -inform DER -in ${signature.path}`),
    '',
    "The time-stamp over the manifest (if it is there; TSA.pem: the authority's certificates):",
    '',
    '  openssl ts -verify -token_in -in timestamps/manifest.tst -data manifest.json -CAfile TSA.pem',
    '',
    ...opensslCommands(source, signatures),
  ]

  return `${lines.join('\n')}\n`
}

function opensslCommands(
  source: EvidenceSource,
  signatures: Manifest['signatures'],
): readonly string[] {
  const rsa = signatures.filter((_signature, index) => isRsa(source, index))
  const gost = signatures.filter((_signature, index) => !isRsa(source, index))

  return [
    ...(rsa.length === 0
      ? []
      : [
          'RSA signatures (ROOT.pem with the root and intermediate certificates):',
          '',
          ...rsa.map(
            (signature) =>
              `  openssl cms -verify -binary -inform DER -in ${signature.path}${signature.detached ? ` -content ${signature.content}` : ''} -CAfile ROOT.pem -attime ${attime(source)} -out /dev/null`,
          ),
          '',
        ]),
    ...(gost.length === 0
      ? []
      : [
          'GOST signatures: openssl does not know the Kazakh object identifiers; with the gost engine',
          'it has the same mathematics (GOST R 34.10-2012, Streebog). Their structure can be printed',
          'as above; their value is checked by muhr verify, whose source is open, or by the',
          "authority's own service:",
          '',
          ...gost.map((signature) => `  ${signature.path}`),
          '',
        ]),
  ]
}

/** Unix seconds of the envelope's end: certificates of then may have ended since. */
function attime(source: EvidenceSource): string {
  return String(Math.floor(Date.parse(source.envelope.endedAt ?? source.envelope.createdAt) / 1000))
}
