/** What an actor may do; checked at one place (`requireScope`). */
export const scopes = [
  'envelopes:read',
  'envelopes:write',
  'signings:accept',
  'documents:read',
  'documents:write',
  'evidence:read',
  'settings:read',
  'settings:write',
  'keys:read',
  'keys:write',
  'workbench:read',
  'workbench:write',
] as const
export type Scope = (typeof scopes)[number]

export type Role = 'owner' | 'sender' | 'viewer' | 'auditor'

/** Scopes of each role of a person. */
export const roleScopes: { readonly [R in Role]: readonly Scope[] } = {
  owner: scopes,
  sender: [
    'envelopes:read',
    'envelopes:write',
    'documents:read',
    'documents:write',
    'evidence:read',
    'settings:read',
    'keys:read',
    'workbench:read',
    'workbench:write',
  ],
  viewer: ['envelopes:read', 'documents:read', 'settings:read'],
  auditor: [
    'envelopes:read',
    'documents:read',
    'evidence:read',
    'settings:read',
    'keys:read',
    'workbench:read',
  ],
}
