/*
 * The native side of `npm run bench -- gost`: OpenSSL's libcrypto with gost-engine, called in process.
 * One command a line on standard input, one answer on standard output:
 *
 *   hash NAME I            hexadecimal digest of message I
 *   keys NAME PARAMSET N   makes N keys, signs digest I by key I; answers N lines
 *                          "SPKI PKCS8 SIGNATURE" in hexadecimal
 *   verify I SIGNATURE     1 or 0: a signature in hexadecimal under key I over digest I
 *   slice OP SECONDS       does OP again and again for SECONDS of CPU time of this process;
 *                          answers "COUNT SECONDS". OP: hash:NAME, sign, verify
 *
 * Messages and digests are the same on both sides: see work.ts.
 */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/engine.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/x509.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MESSAGES = 64, MESSAGE_BYTES = 65536, MOST_KEYS = 1024, MOST_BYTES = 128 };

static ENGINE *engine;
static uint8_t messages[MESSAGES][MESSAGE_BYTES];
static EVP_PKEY_CTX *signers[MOST_KEYS], *verifiers[MOST_KEYS];
static uint8_t digests[MOST_KEYS][MOST_BYTES], signatures[MOST_KEYS][MOST_BYTES];
static int keys, digest_bytes;

static void die(const char *what) {
  fprintf(stderr, "%s\n", what);
  exit(1);
}

static double cpu_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void print_hex(const uint8_t *octets, size_t length) {
  for (size_t i = 0; i < length; i++) printf("%02x", octets[i]);
}

static size_t read_hex(const char *text, uint8_t *octets, size_t most) {
  size_t length = strlen(text) / 2;
  unsigned octet;
  if (length > most) die("too many octets");
  for (size_t i = 0; i < length; i++) {
    if (sscanf(text + 2 * i, "%2x", &octet) != 1) die("not hexadecimal");
    octets[i] = (uint8_t)octet;
  }
  return length;
}

static const EVP_MD *digest_of(const char *name) {
  const EVP_MD *md = ENGINE_get_digest(engine, OBJ_sn2nid(name));
  if (md == NULL) die("the engine lacks the digest");
  return md;
}

static void hash(const EVP_MD *md, int message, uint8_t *digest, unsigned *length) {
  static EVP_MD_CTX *context;
  if (context == NULL) context = EVP_MD_CTX_new();
  if (EVP_DigestInit_ex(context, md, engine) != 1 ||
      EVP_DigestUpdate(context, messages[message], MESSAGE_BYTES) != 1 ||
      EVP_DigestFinal_ex(context, digest, length) != 1)
    die("hash failed");
}

static void make_keys(const char *name, const char *paramset, int count) {
  int nid = OBJ_sn2nid(name);
  digest_bytes = strstr(name, "512") != NULL ? 64 : 32;
  if (count > MOST_KEYS) die("too many keys");
  for (keys = 0; keys < count; keys++) {
    EVP_PKEY *key = NULL;
    EVP_PKEY_CTX *maker = EVP_PKEY_CTX_new_id(nid, engine);
    uint8_t *spki = NULL, *pkcs8 = NULL;
    size_t signature_bytes = MOST_BYTES;
    if (maker == NULL || EVP_PKEY_keygen_init(maker) != 1 ||
        EVP_PKEY_CTX_ctrl_str(maker, "paramset", paramset) != 1 ||
        EVP_PKEY_keygen(maker, &key) != 1)
      die("no key");
    EVP_PKEY_CTX_free(maker);
    signers[keys] = EVP_PKEY_CTX_new(key, engine);
    verifiers[keys] = EVP_PKEY_CTX_new(key, engine);
    for (int j = 0; j < digest_bytes; j++)
      digests[keys][j] = (uint8_t)((keys + 1) * 37 + j * 11 + ((keys * j) >> 3));
    if (EVP_PKEY_sign_init(signers[keys]) != 1 || EVP_PKEY_verify_init(verifiers[keys]) != 1 ||
        EVP_PKEY_sign(signers[keys], signatures[keys], &signature_bytes, digests[keys], (size_t)digest_bytes) != 1 ||
        signature_bytes != (size_t)digest_bytes * 2)
      die("no signature");
    int spki_bytes = i2d_PUBKEY(key, &spki);
    PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(key);
    int pkcs8_bytes = info == NULL ? -1 : i2d_PKCS8_PRIV_KEY_INFO(info, &pkcs8);
    if (spki_bytes < 0 || pkcs8_bytes < 0) die("the key cannot be written");
    print_hex(spki, (size_t)spki_bytes);
    putchar(' ');
    print_hex(pkcs8, (size_t)pkcs8_bytes);
    putchar(' ');
    print_hex(signatures[keys], signature_bytes);
    putchar('\n');
    OPENSSL_free(spki);
    OPENSSL_free(pkcs8);
    PKCS8_PRIV_KEY_INFO_free(info);
    EVP_PKEY_free(key);
  }
}

static void sign(int i) {
  uint8_t signature[MOST_BYTES];
  size_t length = MOST_BYTES;
  if (EVP_PKEY_sign(signers[i], signature, &length, digests[i], (size_t)digest_bytes) != 1) die("sign failed");
}

static int verify(int i, const uint8_t *signature) {
  return EVP_PKEY_verify(verifiers[i], signature, (size_t)digest_bytes * 2, digests[i], (size_t)digest_bytes) == 1;
}

static void slice(const char *op, double seconds) {
  const EVP_MD *md = strncmp(op, "hash:", 5) == 0 ? digest_of(op + 5) : NULL;
  uint8_t digest[EVP_MAX_MD_SIZE];
  unsigned length;
  long count = 0;
  double start = cpu_seconds(), now = start;
  while (now - start < seconds) {
    for (int i = 0; i < 16; i++, count++) {
      if (md != NULL) hash(md, (int)(count % MESSAGES), digest, &length);
      else if (strcmp(op, "sign") == 0) sign((int)(count % keys));
      else if (!verify((int)(count % keys), signatures[count % keys])) die("verify failed");
    }
    now = cpu_seconds();
  }
  printf("%ld %.9f\n", count, now - start);
}

int main(void) {
  char line[4096], name[64], word[2048];
  double seconds;
  int i;
  ENGINE_load_dynamic();
  engine = ENGINE_by_id("gost");
  if (engine == NULL || ENGINE_init(engine) != 1 || ENGINE_set_default(engine, ENGINE_METHOD_ALL) != 1)
    die("gost-engine cannot be loaded");
  for (int m = 0; m < MESSAGES; m++)
    for (int j = 0; j < MESSAGE_BYTES; j++) messages[m][j] = (uint8_t)(m * 131 + j * 7 + (j >> 8));
  while (fgets(line, sizeof line, stdin) != NULL) {
    if (sscanf(line, "hash %63s %d", name, &i) == 2) {
      uint8_t digest[EVP_MAX_MD_SIZE];
      unsigned length;
      hash(digest_of(name), i, digest, &length);
      print_hex(digest, length);
      putchar('\n');
    } else if (sscanf(line, "keys %63s %2047s %d", name, word, &i) == 3) {
      make_keys(name, word, i);
    } else if (sscanf(line, "verify %d %2047s", &i, word) == 2) {
      uint8_t signature[MOST_BYTES] = {0};
      read_hex(word, signature, sizeof signature);
      printf("%d\n", verify(i, signature));
    } else if (sscanf(line, "slice %2047s %lf", word, &seconds) == 2) {
      slice(word, seconds);
    } else {
      die("unknown command");
    }
    fflush(stdout);
  }
  return 0;
}
