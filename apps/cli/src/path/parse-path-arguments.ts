import type { PolicyInputs } from '@muhr/pki'
import { usageError } from '../command/cli-error.ts'
import { parseArguments } from '../command/parse-arguments.ts'
import { parseAt } from '../command/parse-time.ts'

export const pathUsage =
  'muhr path LEAF|- --trust FILE|DIR... [--cert FILE|DIR]... [--crl FILE|DIR]... [--ocsp FILE|DIR]... [--check-revocation] [--at ISO] [--policy OID]... [--explicit-policy] [--inhibit-policy-mapping] [--inhibit-any-policy] [--json]'

/** What `muhr path` is asked to do. */
export type PathRequest = {
  readonly leaf: string
  readonly trust: readonly string[]
  readonly cert: readonly string[]
  readonly crl: readonly string[]
  readonly ocsp: readonly string[]
  /** Look up every certificate of the path: whatever data there is. */
  readonly checksRevocation: boolean
  readonly at?: Date
  readonly policies: PolicyInputs
  readonly isJson: boolean
}

const dottedOid = /^[0-2](\.(0|[1-9]\d*))+$/

function parsePolicies(oids: readonly string[]): readonly string[] {
  if (!oids.every((oid) => dottedOid.test(oid))) {
    throw usageError(
      '--policy is no object identifier.',
      'Write it with dots, as 1.2.643.100.113.1. Any policy is 2.5.29.32.0.',
    )
  }

  return oids
}

/**
 * Reads the command line of `muhr path`.
 * @throws CliError `cli.usage`
 */
export function parsePathArguments(args: readonly string[]): PathRequest {
  const { values, positionals } = parseArguments(args, {
    usage: pathUsage,
    options: {
      trust: { type: 'string', multiple: true },
      cert: { type: 'string', multiple: true },
      crl: { type: 'string', multiple: true },
      ocsp: { type: 'string', multiple: true },
      'check-revocation': { type: 'boolean' },
      at: { type: 'string' },
      policy: { type: 'string', multiple: true },
      'explicit-policy': { type: 'boolean' },
      'inhibit-policy-mapping': { type: 'boolean' },
      'inhibit-any-policy': { type: 'boolean' },
      json: { type: 'boolean' },
    },
  })
  const [leaf, ...others] = positionals
  if (leaf === undefined || others.length > 0) {
    throw usageError('Name one certificate.', `Usage: ${pathUsage}`)
  }
  const { trust = [], cert = [], crl = [], ocsp = [] } = values
  if (trust.length === 0) {
    throw usageError(
      'Nothing is trusted: --trust is missing.',
      'Name the file or folder with the certificates where paths may end.',
    )
  }
  const policies = parsePolicies(values.policy ?? [])

  return {
    leaf,
    trust,
    cert,
    crl,
    ocsp,
    checksRevocation: values['check-revocation'] === true || crl.length > 0 || ocsp.length > 0,
    ...(values.at === undefined ? {} : { at: parseAt(values.at) }),
    policies: {
      ...(policies.length === 0 ? {} : { initialPolicySet: policies }),
      requireExplicitPolicy: values['explicit-policy'] === true,
      inhibitPolicyMapping: values['inhibit-policy-mapping'] === true,
      inhibitAnyPolicy: values['inhibit-any-policy'] === true,
    },
    isJson: values.json === true,
  }
}
