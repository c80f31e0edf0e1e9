import type { Certificate, KnownAuthority } from '@muhr/pki'
import { type AnchorFault, judgeAnchor } from '@muhr/server/trust-roots'
import { CliError } from '../command/cli-error.ts'

const words: Readonly<Record<AnchorFault, readonly [message: string, advice: string]>> = {
  'not-authority': [
    'This is the certificate of a person or service, not of an authority.',
    'Add the root certificate of the authority that issued it.',
  ],
  sandbox: [
    'This is the certificate of a Muhr sandbox: it must never pass as real.',
    'Name it for one check: muhr verify FILE --trust FILE.',
  ],
  'test-environment': [
    'This belongs to the test environment of a national authority: test signatures would pass as real.',
    'Name it for one check (muhr verify FILE --trust FILE), or add it with --allow-test.',
  ],
}

/**
 * May this certificate be kept in the trust folder?
 * @throws CliError `cli.wrong-kind` with the reason of {@link judgeAnchor}
 */
export function judgeCandidate(
  certificate: Certificate,
  options: { readonly allowTest: boolean },
): KnownAuthority | undefined {
  const judgement = judgeAnchor(certificate, options)
  if (judgement.ok) {
    return judgement.authority
  }
  const [message, advice] = words[judgement.fault]

  throw new CliError({ code: 'cli.wrong-kind', message, advice })
}
