/**
 * Known answers of the signature arithmetic, one for each curve: the key of `answerPrivateKey`, and
 * the signature that its nonce of RFC 6979 gives over `answerDigest`. Two implementations that share
 * nothing agree on them, and an independent verifier accepts those of the curves that it has.
 * @module
 */
import type { CurveName } from './curves.ts'

/** Octet i of the private key. */
export const answerPrivateKey = (byteLength: number): Uint8Array =>
  Uint8Array.from({ length: byteLength }, (_, i) => (7 * i + 3) & 31)

/** Octet i of the digest. */
export const answerDigest = (byteLength: number): Uint8Array =>
  Uint8Array.from({ length: byteLength }, (_, i) => (11 * i + 5) & 255)

export type CurveAnswer = {
  /** x || y, each little-endian, hexadecimal. */
  readonly publicKey: string
  /** r || s, each little-endian, hexadecimal. */
  readonly signature: string
}

export const CURVE_ANSWERS: Readonly<Record<CurveName, CurveAnswer>> = {
  'tc26-256-A': {
    publicKey:
      'ce6c5436953bfa4232b69a374892f88404fe99b03c7946cc350564f1ad44bd0937681b452dc7b34f902ce9698974387f502495ca5e66907e8c58ddcd3ab395c1',
    signature:
      'e4fdef55da516e754e95ced5830e9257b80e20acf1256703caced14368890902806fc82d2ed785c11e0d58e50b1237ed82084270c3048897f78afd078a11dc37',
  },
  'tc26-512-A': {
    publicKey:
      'b271fd38104baa5e5a0b051c89827ffd7e7638398501904678531f9a24a67de9d9e432b8eacbc77401ee78be375fe7f8ef41d0e2ed880ce066b1eed781f2e49626f9a2053a9a007df7333271887802a80062d3f602c4c65004ba98d22417ff94928eb15fe6803c63d971c411eb9aca5ab872e0ea405302c1ee5638feed64d194',
    signature:
      'c74af76387ecf1d41780203760216024cd0f4fa7eb12aae4efc2bef4ad840b23a569b29cfc5ce361201ce017a84afd1234dabd1b11c7c4932774148a9afd641632f951b91507b440018b180db91c771b0269e8d60e355845da3e31c2d2f65619723647157272327fb19bbd7e8a6428b4db7975be9a155c357a83b51391a033a3',
  },
  'tc26-512-B': {
    publicKey:
      '2f7e632e724ab87d3f1deb8fee1790a76c6113617e924526457b2f5d74f0b2d9d634106c3d670ac66b7943039563e2f74ed71b5d08092829344fa3f3b078c743c253c2125ed1d7e2561cada4d1daf31fcc3edafab1cee27a31c4cbaf3bd24c35688c677e50a18c1fdff47eafe2ca687bd276207b32a7c0426f1e8f6cb6e70861',
    signature:
      'f468f697bc46180d5c1b7a232b6a62fc0d8b071a27afb9a5ae98d728bf6cd47844d926de3edcac9713a28dd38ea5512d54959b930f8416ac7750693eb55c6927fc509a25f0d47cd6daa1f3026a5377debe2ec9a1afb1df32df157252818eb55115f04c932d26d3182f0000f992ae60538e255cbef78d42d6b31f34d54f2bda51',
  },
  'tc26-512-C': {
    publicKey:
      '1ee1d7e529357926caf2bb3f4ca5497e78d2b65a7d9208afeffa5880520f38d7d6130dc8c68bdf8ecca7b30534ec2e78de487e27bc984ff11be871cef6c205f90fb6e8c16e9f447fb7879756414d2bd33d1d6e97e00122cc787fc0c88ec63328fa3af8e784f9b2e189b28aa910b5c7c8547215078083f80fc1cfef0fc5941c4b',
    signature:
      '9a5c8971ca746bff988f23920707f84bdfd034f204ce32c2fb12188e12bc75fcaae33e5c1ffd6a5d05aa20c92c09e80f1e6ce371b4dfb0f0c6b45f2e8d561b3ac6c0362f9a11797e1e02bd263fab37367f74d8d5dcab5ccd9f20f923593cdd152ba2ceb6cbcae7baa95500447546247245f7d166b6f002c2e4e25297153f3f22',
  },
  'cryptopro-A': {
    publicKey:
      '70b773e01f823c4a453fe2ae937c3f913966df6ddfd8611eb8ebde2011a40170173fdbc59d04dabdb375655eb495c0fc587cae604920bc89ca3c8e2afa98162b',
    signature:
      '4a6d84bca1ce3d8f74b8d69b0e5f192360ab21d11e2a09109ac252a6739a33927d3baec95e69aff815679b6774e5c1fcdccb4e1f8810ca6e5158a1022ba71f25',
  },
  'cryptopro-B': {
    publicKey:
      '27331f66f27f201e7c072a2ede0e20b4caeab0355183925cfed2ef7250a0653caaceafc02f5d4900ba13209be952aaae3f03205bdfc00fb25c438a1ee8de9b4e',
    signature:
      'd73840a66f951a470e04a030946a1d5ca0f2857c4cf1ac5409fdc146be4cbb019e01bd8473b57dc313d1bb7260f614cfdd602337aa0a6217cb483fcd09a2d14b',
  },
  'cryptopro-C': {
    publicKey:
      '09e44610de8281ca5f487b717d013cc599314868a98fe397798a06d62821583ecce210200ab8cac0c3e81be940d1c4a095c1b7019e3177bd5704b6a4e3a8d762',
    signature:
      '4fe6bb0dd6d85b29618432f4abb3fd807739aec6c36dbb43ded5439e053fdf24896ce9ea515b155308089eeb916f0f6c429b8e6e063dcb7d453ec141e978e838',
  },
  'test-256': {
    publicKey:
      '857621f4b7e2c1a17169ace34d6501c12256dae5a06182255898a356640f3136aabc4d10a128ef2f9b718a79e74eb841758be38832b2bf1e31b7fc1e9e49b125',
    signature:
      'b35248cc0c2af54aae6eae5ceeebfc08a40483c5286f2962b4b73bad00f6db3e99a6e284acb18c11befbd88f111c38e97ceafd3a6dc66a670a826a73167bb12b',
  },
  'test-512': {
    publicKey:
      '6faeb663b185b781937bcf626cdd6fb4e0fc78170e0f6317ac045be0da23728955961ab10e270d1bb671798e3427cc3d50a7a26b804352f1dd116abf194e9242c7479826441090b3124d069572952536101e9cf64a650053ace7277f1f117c6863a0c12acf17ed100fb663f81aae5468336f660ae3a9c030d40815e17ad05b02',
    signature:
      '43de93c03f961eef7fd0376b460ec9407fc65dc6a42b3eec57f13bfaa0cce0fa320dd62b21712dd0aafec8d0ba721a0f51f8652e1c555636f7b52eebc7fae6196dc3ffc80b12d7e0491d5d984c2f32c74f318bbc65b174ff1f6214fc254518b639c807b7860a7a68596d4c177355394c4331daa2dc7e7ae4047036e55fb01b20',
  },
}
