#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz_crypto.h"
#include "proctor/buf.h"
#include "proctor/err.h"

/* Stops before the password's work, which would take all the time there is. */
static bool no_password(void *context, char *password, struct err *err)
{
	(void)context;
	(void)password;
	return err_set(err, ERR_USAGE, "no password");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct secret_key *key = NULL, *again = NULL;
	struct public_key one, other;
	struct buf text = BUF_INIT;
	struct err err = ERR_INIT;

	if (!crypto_secret_read((const char *)data, size, no_password, NULL, &key, &err))
		return 0;
	if (!crypto_secret_write(key, NULL, &text, &err) ||
	    !crypto_secret_read(text.data, text.len, NULL, NULL, &again, &err))
		abort();
	crypto_secret_public(key, &one);
	crypto_secret_public(again, &other);
	if (!crypto_public_equal(&one, &other))
		abort();
	crypto_secret_free(key);
	crypto_secret_free(again);
	buf_release(&text);
	return 0;
}
