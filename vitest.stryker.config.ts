import { defineConfig } from 'vitest/config'
export default defineConfig({ test: { include: ['packages/pki/src/path/{find-path,hostile-path,name-constraints,policy-graph,pkits,list-scopes,check-path-revocation}.test.ts','packages/pki/src/revocation/{check-crl,check-ocsp,parse-crl}.test.ts'], testTimeout: 60000 } })
