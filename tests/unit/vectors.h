#ifndef VECTORS_H
#define VECTORS_H

/* The files of tests/vectors/minisign, read whole, for the tests that use them. */
#include "proctor/buf.h"
#include "proctor/crypto.h"
#include "proctor/file.h"
#include "test.h"

static inline struct buf vector_file(const char *name)
{
	struct buf path = BUF_INIT, text = BUF_INIT;
	struct err err = ERR_INIT;

	buf_printf(&path, "tests/vectors/minisign/%s", name);
	EXPECT_OK(file_read(path.data, 1 << 20, &text, &err), err);
	buf_release(&path);
	return text;
}

static inline struct public_key vector_public(const char *name)
{
	struct buf text = vector_file(name);
	struct err err = ERR_INIT;
	struct public_key key;

	EXPECT_OK(crypto_public_read(text.data, text.len, &key, &err), err);
	buf_release(&text);
	return key;
}

#endif
