import * as parse from './parsers.ts'

/** One variable of the environment. */
export type Variable<Value = unknown> = {
  readonly parser: parse.Parser<Value>
  /** As it would be written; undefined when there is none. */
  readonly default?: string
  /** What it does and in which unit, in one or two sentences. */
  readonly description: string
  /** Never shown, in no list and no message. */
  readonly isSecret?: true
}

const day = 86_400

function variable<Value>(value: Variable<Value>): Variable<Value> {
  return value
}

/**
 * Every variable that Muhr reads, in the order in which `muhr doctor` lists them. A default that is
 * made from other variables is told in words.
 */
export const variables = {
  MUHR_MODE: variable({
    parser: parse.oneOf(['sandbox', 'live']),
    default: 'live',
    description:
      'sandbox: simulated services and a demo organisation. live: real services. npm start and serve --sandbox set sandbox.',
  }),
  MUHR_DATA: variable({
    parser: parse.folder,
    default: './data',
    description: 'Folder of everything that Muhr keeps: documents, database, keys.',
  }),
  MUHR_HOST: variable({
    parser: parse.listenHost,
    default: '127.0.0.1',
    description: 'Address to listen on. 0.0.0.0 lets other machines in.',
  }),
  MUHR_PORT: variable({
    parser: parse.port,
    default: '8080',
    description: 'Port of the pages, the API and the callbacks.',
  }),
  MUHR_PUBLIC_URL: variable({
    parser: parse.origin,
    description:
      'Address under which people and services reach this Muhr; all links are made from it. Default: http://127.0.0.1 with MUHR_PORT.',
  }),
  MUHR_ALLOWED_HOSTS: variable({
    parser: parse.hosts,
    default: '',
    description:
      'Further host names (with port) that requests may name, as a proxy may do. The public URL and loopback always may.',
  }),
  DATABASE_URL: variable({
    parser: parse.databaseUrl,
    isSecret: true,
    description:
      'A PostgreSQL 15 or newer of your own. Default: the built-in one, in the data folder.',
  }),
  MUHR_SECRET_KEY: variable({
    parser: parse.secretKey,
    isSecret: true,
    description:
      'Key that signer keys and their PINs are encrypted under in the database: openssl rand -hex 32. Default: one made from instance.key in the data folder.',
  }),
  MUHR_SECRET_KEYS_OLD: variable({
    parser: parse.secretKeys,
    default: '',
    isSecret: true,
    description:
      'Former values of MUHR_SECRET_KEY, while it is changed: at the next start everything is encrypted anew.',
  }),
  MUHR_CRYPTOPRO_DIR: variable({
    parser: parse.folder,
    default: '/opt/cprocsp/bin/amd64',
    description: 'Folder of csptest and cryptcp of CryptoPro CSP.',
  }),
  MUHR_PKCS11_TOOL: variable({
    parser: parse.text,
    default: 'pkcs11-tool',
    description: 'Program of OpenSC that signs with a PKCS#11 token.',
  }),
  MUHR_PKCS11_MODULES: variable({
    parser: parse.absolutePaths,
    default: '',
    description:
      'Libraries of token makers that signer keys may name, like /usr/lib/librtpkcs11ecp.so.',
  }),
  MUHR_SIGNING_SERVICES: variable({
    parser: parse.hosts,
    default: '',
    description:
      'Hosts (with port) of remote signing services that signer keys may name. In the sandbox loopback always may.',
  }),
  MUHR_EPGU_HOSTS: variable({
    parser: parse.hosts,
    default: '',
    description:
      'Hosts (with port) that accounts of the EPGU workbench may name beside those of Gosuslugi, such as terminators of GOST TLS. In the sandbox loopback always may.',
  }),
  MUHR_MAX_ENVELOPE_BYTES: variable({
    parser: parse.integer(1, 10 * 1024 ** 3, 'bytes'),
    default: String(100 * 1024 ** 2),
    description: 'Most bytes of all documents of one envelope together.',
  }),
  MUHR_SESSION_TTL_HOURS: variable({
    parser: parse.integer(1, 24 * 365, 'hours'),
    default: '12',
    description: 'How long a browser stays signed in.',
  }),
  MUHR_PROXY_HOPS: variable({
    parser: parse.integer(0, 10, 'proxies'),
    default: '0',
    description:
      'Proxies of yours in front of Muhr, each of which adds to X-Forwarded-For. With 0 the header is not believed.',
  }),
  MUHR_VERIFICATIONS_PER_MINUTE: variable({
    parser: parse.integer(1, 100_000, 'verifications'),
    default: '60',
    description:
      'How many signatures one address may have checked in a minute on the public page and by POST /v1/verifications.',
  }),
  MUHR_TRUST: variable({
    parser: parse.folder,
    description:
      'Folder of the certificates that are trusted as anchors. Default: trust in the data folder.',
  }),
  MUHR_OCSP_URL_KZ: variable({
    parser: parse.httpUrl,
    description:
      'OCSP service asked about Kazakh certificates: http://ocsp.pki.gov.kz in production.',
  }),
  MUHR_TSA_URL_KZ: variable({
    parser: parse.httpUrl,
    description:
      'RFC 3161 time-stamp service for Kazakh signatures: http://tsp.pki.gov.kz in production.',
  }),
  MUHR_EGOV_LINK_TTL_SECONDS: variable({
    parser: parse.integer(30, 30 * day, 'seconds'),
    default: '300',
    description: 'How long an eGov Mobile QR code or link can be used before a new one is needed.',
  }),
  MUHR_EGOV_LINK_PRESET: variable({
    parser: parse.oneOf(['m-egov-kz', 'seed-page-link']),
    default: 'm-egov-kz',
    description:
      'Form of the link that opens eGov Mobile. seed-page-link is the historical one, whose host no longer answers.',
  }),
  MUHR_EGOV_AUTH: variable({
    parser: parse.oneOf(['Token', 'None']),
    default: 'Token',
    description:
      'How eGov Mobile proves itself at API #2 for new connections. Token: by the bearer token of API #1. None: the address alone is the secret.',
  }),
  MUHR_EGOV_LINK_ENCODER: variable({
    parser: parse.oneOf(['seed', 'component', 'raw']),
    default: 'seed',
    description:
      'How API #1 is encoded inside the link that opens eGov Mobile. component and raw are for apps that were built against such links.',
  }),
  MUHR_OCSP_URL_RU: variable({
    parser: parse.httpUrl,
    description: 'OCSP service asked about Russian certificates: that of the issuing authority.',
  }),
  MUHR_TSA_URL_RU: variable({
    parser: parse.httpUrl,
    description: 'RFC 3161 time-stamp service for Russian signatures.',
  }),
  MUHR_OCSP_URL_UZ: variable({
    parser: parse.httpUrl,
    description:
      'OCSP service asked about Uzbek certificates: http://e-imzo.uz/cams/ocsp in production.',
  }),
  MUHR_TSA_URL_UZ: variable({
    parser: parse.httpUrl,
    description:
      'RFC 3161 time-stamp service for Uzbek signatures: http://e-imzo.uz/cams/tst in production.',
  }),
  MUHR_LOG_LEVEL: variable({
    parser: parse.oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
    default: 'info',
    description: 'What is logged: this level and all graver ones.',
  }),
  MUHR_SANDBOX_CONSOLE_PORT: variable({
    parser: parse.port,
    default: '8100',
    description: 'Port of the sandbox console with the simulated phone.',
  }),
  MUHR_SANDBOX_CA_PORT: variable({
    parser: parse.port,
    default: '8104',
    description: 'Port of the test certification authority with OCSP, CRL and time-stamps.',
  }),
  MUHR_SANDBOX_ESIA_PORT: variable({
    parser: parse.portOrAny,
    default: '8101',
    description: 'Port of the simulated ESIA; 0 takes any, which ready.json then names.',
  }),
  MUHR_SANDBOX_EPGU_PORT: variable({
    parser: parse.portOrAny,
    default: '8102',
    description: 'Port of the simulated EPGU with the services of Goskey; 0 takes any.',
  }),
  MUHR_SANDBOX_SIGNME_PORT: variable({
    parser: parse.portOrAny,
    default: '8103',
    description: 'Port of the simulated Sign.Me; 0 takes any.',
  }),
  MUHR_SANDBOX_TLS_PORT: variable({
    parser: parse.portOrAny,
    default: '8107',
    description:
      'Port on which the simulated services answer over https under their real names; 443 for clients that know no other.',
  }),
  MUHR_FIXTURES: variable({
    parser: parse.folder,
    description: 'Tests only: folder with real signatures of others. Default: ../shared/fixtures.',
  }),
  MUHR_CHROMIUM: variable({
    parser: parse.text,
    default: '/usr/bin/chromium',
    description: 'Tests only: program of the browser.',
  }),
} as const

export type VariableName = keyof typeof variables

/** The type of a variable's value. */
export type ValueOf<Name extends VariableName> =
  (typeof variables)[Name] extends Variable<infer Value> ? Value : never

export const variableNames = Object.keys(variables) as readonly VariableName[]
