#ifndef CRYPTO_PRIV_H
#define CRYPTO_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;

/*
 * The layouts of minisign 0.11. Integers are little-endian; every field is a plain
 * array of bytes, so the structs have no padding and lie as the bytes in the file do.
 */
struct public_layout { /* line 2 of a .pub file */
	uint8_t algorithm[2];
	uint8_t id[8];
	uint8_t key[32];
};

struct signature_layout { /* line 2 of a .minisig file */
	uint8_t algorithm[2];
	uint8_t key_id[8];
	uint8_t over_file[64];
};

/* Line 2 of a secret key file. What follows memory is encrypted if there is a password.
 */
struct secret_layout {
	uint8_t algorithm[2];
	uint8_t kdf[2];
	uint8_t checksum_algorithm[2];
	uint8_t salt[32];
	uint8_t work[8];
	uint8_t memory[8];
	struct secret_part {
		uint8_t id[8];
		uint8_t key[64]; /* seed, public key */
		uint8_t checksum[32];
	} secret;
};

_Static_assert(sizeof(struct public_layout) == 42, "as in the file");
_Static_assert(sizeof(struct signature_layout) == 74, "as in the file");
_Static_assert(sizeof(struct secret_layout) == 158, "as in the file");

struct secret_key {
	uint8_t id[8];
	uint8_t key[64];
};

#define UNTRUSTED "untrusted comment: "
#define TRUSTED "trusted comment: "
#define SIGNING_KEY "Ed" /* the algorithm both halves of a key are marked with */

/* Characters of the base64 of so many bytes, and a NUL. */
#define BASE64_SIZE(bytes) (((bytes) + 2) / 3 * 4 + 1)

/* ---- Lines ---- */

/*
 * A text read line by line; each ends with LF or CRLF, the last one perhaps with
 * nothing. ERR_INPUT names the line.
 */
struct lines {
	const char *at, *end;
	size_t number; /* of the line read last, from 1 */
};

struct line {
	const char *text; /* without its line end; not NUL-terminated */
	size_t len;
};

/* The next line is prefix and a plain comment, which is given. */
bool crypto_lines_comment(struct lines *lines, const char *prefix, struct line *comment,
			  struct err *err);

/* The next line is the one right way to write exactly len bytes in base64. */
bool crypto_lines_base64(struct lines *lines, void *bytes, size_t len, struct err *err);

/* There is no further line. */
bool crypto_lines_end(const struct lines *lines, struct err *err);

/* One line of well-formed UTF-8 without control characters but tabs. */
bool crypto_comment_is_plain(const char *text, size_t len);

#endif
