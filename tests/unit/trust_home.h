#ifndef TRUST_HOME_H
#define TRUST_HOME_H

/* What the tests of trust have in common: keys put into a folder, and loaded. */
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vectors.h"

#include "proctor/arena.h"
#include "proctor/trust.h"

/* A configuration folder of our own, and what is loaded from it. */
struct home {
	char path[64];
	struct arena arena;
	struct trust trust;
	struct err err;
};

static inline const char *below(const char *name)
{
	static char path[512];

	snprintf(path, sizeof(path), "%s/%s", getenv("XDG_CONFIG_HOME"), name);
	return path;
}

static inline void put(const char *name, const char *text, mode_t mode)
{
	struct err err = ERR_INIT;

	EXPECT_OK(file_write(below(name), text, strlen(text), mode, &err), err);
}

static inline void put_key(const char *name, const struct public_key *key)
{
	struct buf text = BUF_INIT;

	crypto_public_write(key, &text);
	put(name, text.data, 0600);
	buf_release(&text);
}

static inline int begin(void **state)
{
	struct home *home = calloc(1, sizeof(*home));
	struct err err = ERR_INIT;

	assert_non_null(home);
	snprintf(home->path, sizeof(home->path), "/tmp/test-trust-XXXXXX");
	assert_non_null(mkdtemp(home->path));
	EXPECT_INT(setenv("XDG_CONFIG_HOME", home->path, 1), 0);
	EXPECT_OK(file_make_dir(below("proctor/trusted.d"), &err), err);
	EXPECT_OK(file_make_dir(below("proctor/revoked.d"), &err), err);
	*state = home;
	return 0;
}

static inline int remove_one(const char *path, const struct stat *st, int kind,
			     struct FTW *ftw)
{
	(void)st, (void)kind, (void)ftw;
	return remove(path);
}

static inline int end(void **state)
{
	struct home *home = *state;

	EXPECT_INT(nftw(home->path, remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
	arena_release(&home->arena);
	free(home);
	return 0;
}

static inline bool load(struct home *home, const char *key)
{
	home->err = (struct err)ERR_INIT;
	return trust_load(&home->trust, key, &home->arena, &home->err);
}

#define EXPECT_LOADED(home, key) EXPECT_OK(load((home), (key)), (home)->err)
#define EXPECT_NOT_LOADED(home, key, kind_, part)                                     \
	do {                                                                          \
		if (load((home), (key)))                                              \
			fail_msg("loaded");                                           \
		if ((home)->err.kind != (kind_) || !strstr((home)->err.text, (part))) \
			fail_msg("kind %d: %s", (int)(home)->err.kind,                \
				 (home)->err.text);                                   \
	} while (0)

static inline const struct trusted_key *find(const struct home *home,
					     const struct public_key *key)
{
	for (size_t i = 0; i < home->trust.count; i++)
		if (crypto_public_equal(&home->trust.keys[i].key, key))
			return &home->trust.keys[i];
	return NULL;
}

#define TRUST_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

#endif
