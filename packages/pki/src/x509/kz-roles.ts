/**
 * Roles that Kazakh certificates carry in extendedKeyUsage (kz-egov-mobile.md §12.3): the names are
 * ours, the OIDs those of the NCA.
 */
export const kzRoleByOid = {
  '1.2.398.3.3.4.1.1': 'individual',
  '1.2.398.3.3.4.1.1.1': 'individual-system',
  '1.2.398.3.3.4.1.2': 'legal-entity',
  '1.2.398.3.3.4.1.2.1': 'head',
  '1.2.398.3.3.4.1.2.2': 'right-to-sign',
  '1.2.398.3.3.4.1.2.3': 'right-to-sign-financial',
  '1.2.398.3.3.4.1.2.4': 'human-resources',
  '1.2.398.3.3.4.1.2.5': 'employee',
  '1.2.398.3.3.4.1.2.6': 'legal-entity-system',
  '1.2.398.3.3.4.2': 'nca-staff',
  '1.2.398.3.3.4.2.1': 'nca-administrator',
  '1.2.398.3.3.4.2.2': 'nca-manager',
  '1.2.398.3.3.4.2.3': 'nca-operator',
  '1.2.398.3.3.4.3': 'identified',
  '1.2.398.3.3.4.3.1': 'identified-at-service-centre',
  '1.2.398.3.3.4.3.2': 'identified-remotely',
  '1.2.398.3.3.4.3.2.1': 'identified-by-digital-id',
  '1.2.398.3.3.4.3.2.2': 'identified-by-ai-platform',
  '1.2.398.5.19.1.2.2.1': 'treasury-client',
} as const satisfies Record<string, string>

/** Our name of a Kazakh role. */
export type KzRoleName = (typeof kzRoleByOid)[keyof typeof kzRoleByOid]

/** A role as the certificate states it; `name` is `null` for one that we do not know. */
export type KzRole = { readonly oid: string; readonly name: KzRoleName | null }

const isKnown = (oid: string): oid is keyof typeof kzRoleByOid => Object.hasOwn(kzRoleByOid, oid)

/** Information systems are numbered below their role (`….1.2.6.N`). */
const systemArc = '1.2.398.3.3.4.1.2.6.'

/** Roles among the purposes of a certificate: every OID of the Kazakh arc, known or not, in order. */
export const kzRolesOf = (purposes: readonly string[]): readonly KzRole[] =>
  purposes
    .filter((oid) => oid.startsWith('1.2.398.'))
    .map((oid) => ({
      oid,
      name: isKnown(oid)
        ? kzRoleByOid[oid]
        : oid.startsWith(systemArc)
          ? 'legal-entity-system'
          : null,
    }))
