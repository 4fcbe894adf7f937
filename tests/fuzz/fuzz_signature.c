#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz_crypto.h"
#include "proctor/arena.h"
#include "proctor/err.h"

/* No comment that was read may hold what a terminal obeys; no signature may be good. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct signature signature;
	struct public_key key = { .id = { 0 } };
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;

	if (crypto_signature_read((const char *)data, size, &arena, &signature, &err)) {
		for (const char *at = signature.comment; *at; at++)
			if (((unsigned char)*at < 0x20 && *at != '\t') || *at == 0x7F)
				abort();
		memcpy(key.id, signature.key_id, sizeof(key.id));
		if (crypto_verify(&key, &signature, "x", 1) == CRYPTO_GOOD)
			abort();
	} else if (err.kind != ERR_TRUST) {
		abort();
	}
	arena_release(&arena);
	return 0;
}
