/** Settings of a connection, in the order of its form; texts are `connection.NAME` of `../messages`. */
export const connectionFields = [
  { name: 'auth', kind: 'choice', options: ['Token', 'None'], need: 'optional', usual: 'Token' },
  { name: 'linkLifeSeconds', kind: 'number', need: 'optional', usual: 300 },
  {
    name: 'launcher',
    kind: 'choice',
    options: ['m-egov-kz', 'seed-page-link'],
    need: 'optional',
    usual: 'm-egov-kz',
  },
  {
    name: 'otherTypes',
    kind: 'choice',
    options: ['refuse', 'send'],
    need: 'optional',
    usual: 'refuse',
  },
  {
    name: 'whenIndeterminate',
    kind: 'choice',
    options: ['refuse', 'accept-and-recheck'],
    need: 'optional',
  },
  { name: 'leadBack', kind: 'flag', need: 'optional' },
  {
    name: 'encoder',
    kind: 'choice',
    options: ['seed', 'component', 'raw'],
    need: 'optional',
    isRare: true,
  },
  {
    name: 'pdfMime',
    kind: 'choice',
    options: ['application/pdf', '@file/pdf'],
    need: 'optional',
    isRare: true,
  },
  { name: 'success', kind: 'choice', options: ['json', 'text'], need: 'optional', isRare: true },
  { name: 'cancelStatus', kind: 'choice', options: [200, 400], need: 'optional', isRare: true },
] as const
