#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz_crypto.h"
#include "proctor/buf.h"
#include "proctor/err.h"

/* A key that was read is written, and read again as the same. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct public_key key, again;
	struct buf text = BUF_INIT;
	struct err err = ERR_INIT;

	if (crypto_public_read((const char *)data, size, &key, &err)) {
		crypto_public_write(&key, &text);
		if (!crypto_public_read(text.data, text.len, &again, &err) ||
		    !crypto_public_equal(&key, &again) ||
		    memcmp(key.id, again.id, sizeof(key.id)) != 0)
			abort();
	} else if (err.kind != ERR_INPUT) {
		abort();
	}
	buf_release(&text);
	return 0;
}
