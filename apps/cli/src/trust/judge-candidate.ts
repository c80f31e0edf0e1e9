import { type Certificate, type KnownAuthority, knownAuthority } from '@muhr/pki'
import { CliError } from '../command/cli-error.ts'
import { isSandboxCertificate } from '../inspect/describe-certificate.ts'
import { isAuthority } from './read-certificates.ts'

function refused(message: string, advice: string): CliError {
  return new CliError({ code: 'cli.wrong-kind', message, advice })
}

/**
 * May this certificate be kept in the trust folder? Everything that it signs will be believed by every
 * policy, for good; so what could only harm there is refused, and what is published is recognised.
 *
 * @throws CliError `cli.wrong-kind`: no authority; a sandbox (design rule 9: trusted only by an explicit
 * `--trust`); the test environment of a national authority, unless `allowTest`
 */
export function judgeCandidate(
  certificate: Certificate,
  { allowTest }: { readonly allowTest: boolean },
): KnownAuthority | undefined {
  if (!isAuthority(certificate)) {
    throw refused(
      'This is the certificate of a person or service, not of an authority.',
      'Add the root certificate of the authority that issued it.',
    )
  }
  if (isSandboxCertificate(certificate)) {
    throw refused(
      'This is the certificate of a Muhr sandbox: it must never pass as real.',
      'Name it for one check: muhr verify FILE --trust FILE.',
    )
  }
  const authority = knownAuthority(certificate.sha256)
  if (authority?.environment === 'test' && !allowTest) {
    throw refused(
      'This belongs to the test environment of a national authority: test signatures would pass as real.',
      'Name it for one check (muhr verify FILE --trust FILE), or add it with --allow-test.',
    )
  }

  return authority
}
