#ifndef TEMP_H
#define TEMP_H

#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "proctor/bank.h"
#include "proctor/buf.h"
#include "proctor/crypto.h"
#include "proctor/file.h"
#include "test.h"

/* A folder of a test's own, and a small bank in it, signed with a key made for tests. */

static char temp_dir[64];

static inline void temp_make(void)
{
	snprintf(temp_dir, sizeof(temp_dir), "/tmp/proctor-test-XXXXXX");
	EXPECT_TRUE(mkdtemp(temp_dir) != NULL);
}

static inline int temp_remove_one(const char *path, const struct stat *st, int kind,
				  struct FTW *ftw)
{
	(void)st, (void)kind, (void)ftw;
	return remove(path);
}

static inline void temp_remove(void)
{
	nftw(temp_dir, temp_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static inline const char *temp_path(const char *name)
{
	static char paths[8][256]; /* good until eight more were asked for */
	static size_t turn;
	char *path = paths[turn++ % 8];

	snprintf(path, sizeof(paths[0]), "%s/%s", temp_dir, name);
	return path;
}

static inline void temp_write(const char *name, const void *bytes, size_t len)
{
	FILE *file = fopen(temp_path(name), "wb");

	EXPECT_TRUE(file != NULL);
	EXPECT_INT(fwrite(bytes, 1, len, file), len);
	EXPECT_INT(fclose(file), 0);
}

static inline void temp_text(const char *name, const char *text)
{
	temp_write(name, text, strlen(text));
}

static inline void temp_read(const char *name, struct buf *buf)
{
	struct err err = ERR_INIT;

	EXPECT_OK(file_read(temp_path(name), 1 << 20, buf, &err), err);
}

#define TEMP_PUBLIC "tests/vectors/minisign/plain.pub"
#define TEMP_OTHER "tests/vectors/minisign/other.pub"

static inline struct secret_key *temp_key(void)
{
	struct err err = ERR_INIT;
	struct buf text = BUF_INIT;
	struct secret_key *key;

	EXPECT_OK(file_read("tests/vectors/minisign/plain.key", 4096, &text, &err), err);
	EXPECT_OK(crypto_secret_read(text.data, text.len, NULL, NULL, &key, &err), err);
	buf_release(&text);
	return key;
}

#define TEMP_BLUEPRINT                                                            \
	"{\"format\":\"proctor-blueprint/1\",\"id\":\"tiny\",\"exam\":\"demo\","  \
	"\"title\":\"Tiny exam\",\"vendor\":\"Nobody\",\"status\":\"for tests\"," \
	"\"minutes\":10,\"scored\":4,\"unscored\":1,"                             \
	"\"scale\":{\"min\":100,\"max\":1000,\"pass\":720},"                      \
	"\"types\":[\"multiple-choice\",\"multiple-response\",\"ordering\","      \
	"\"matching\"],"                                                          \
	"\"domains\":[{\"id\":\"1\",\"title\":\"One\",\"weight\":50,"             \
	"\"tasks\":[{\"id\":\"1.1\",\"title\":\"First\"}]},"                      \
	"{\"id\":\"2\",\"title\":\"Two\",\"weight\":50,"                          \
	"\"tasks\":[{\"id\":\"2.1\",\"title\":\"Second\"}]}]}"

#define TEMP_CHOICE(id, task)                                                          \
	"{\"id\":\"" id "\",\"type\":\"multiple-choice\",\"objectives\":[\"demo:" task \
	"\"],\"difficulty\":\"easy\",\"case\":null,\"stem\":\"Stem of " id "?\","      \
	"\"options\":[{\"id\":\"a\",\"text\":\"wrong\"},{\"id\":\"b\",\"text\":"       \
	"\"right\","                                                                   \
	"\"correct\":true},{\"id\":\"c\",\"text\":\"no\"}],"                           \
	"\"explanation\":\"Because.\",\"status\":\"active\"}"

#define TEMP_RESPONSE                                                                    \
	"{\"id\":\"resp\",\"type\":\"multiple-response\",\"objectives\":[\"demo:1.1\"]," \
	"\"difficulty\":\"medium\",\"stem\":\"Which?\",\"options\":["                    \
	"{\"id\":\"a\",\"text\":\"A\",\"correct\":true},{\"id\":\"b\",\"text\":\"B\"},"  \
	"{\"id\":\"c\",\"text\":\"C\",\"correct\":true},{\"id\":\"d\",\"text\":\"D\"},"  \
	"{\"id\":\"e\",\"text\":\"E\"}],\"explanation\":\"x\",\"status\":\"active\"}"

#define TEMP_ORDERING                                                              \
	"{\"id\":\"order\",\"type\":\"ordering\",\"objectives\":[\"demo:2.1\"],"   \
	"\"difficulty\":\"hard\",\"stem\":\"Order?\",\"options\":["                \
	"{\"id\":\"a\",\"text\":\"third\",\"position\":3},{\"id\":\"b\",\"text\":" \
	"\"never\"},"                                                              \
	"{\"id\":\"c\",\"text\":\"first\",\"position\":1},"                        \
	"{\"id\":\"d\",\"text\":\"second\",\"position\":2}],"                      \
	"\"explanation\":\"x\",\"status\":\"active\"}"

#define TEMP_MATCHING                                                                \
	"{\"id\":\"match\",\"type\":\"matching\",\"objectives\":[\"demo:2.1\"],"     \
	"\"difficulty\":\"hard\",\"stem\":\"Match?\",\"options\":["                  \
	"{\"id\":\"a\",\"text\":\"A\"},{\"id\":\"b\",\"text\":\"B\"}],\"prompts\":[" \
	"{\"id\":\"1\",\"text\":\"p1\",\"match\":\"b\"},"                            \
	"{\"id\":\"2\",\"text\":\"p2\",\"match\":\"a\"},"                            \
	"{\"id\":\"3\",\"text\":\"p3\",\"match\":\"b\"}],"                           \
	"\"explanation\":\"x\",\"status\":\"active\"}"

#define TEMP_QUESTIONS(list) \
	"{\"format\":\"proctor-questions/1\",\"questions\":[" list "]}"

#define TEMP_MANIFEST                                                          \
	"{\"format\":\"proctor-bank/1\",\"id\":\"demo\",\"version\":1,"        \
	"\"title\":\"Demo bank\",\"language\":\"en\",\"license\":\"CC0-1.0\"," \
	"\"issued\":\"2026-01-01\",\"blueprints\":[" TEMP_BLUEPRINT "],\"questions\":["

/* An unsigned bank with these question files, in temp_dir/bank. */
static inline void temp_bank(const char *one, const char *two)
{
	mkdir(temp_path("bank"), 0700);
	mkdir(temp_path("bank/questions"), 0700);
	temp_text("bank/questions/1.json", one);
	temp_text("bank/questions/2.json", two);
	temp_text("bank/bank.json", TEMP_MANIFEST
		  "{\"path\":\"questions/1.json\",\"blake2b\":"
		  "\"0000000000000000000000000000000000000000000000000000000000000000\"},"
		  "{\"path\":\"questions/2.json\",\"blake2b\":"
		  "\"0000000000000000000000000000000000000000000000000000000000000000\"}]"
		  "}");
}

#define TEMP_ONE                                                  \
	TEMP_QUESTIONS(TEMP_CHOICE("one", "1.1") "," TEMP_CHOICE( \
		"two", "1.1") "," TEMP_RESPONSE)
#define TEMP_TWO \
	TEMP_QUESTIONS(TEMP_CHOICE("three", "2.1") "," TEMP_ORDERING "," TEMP_MATCHING)

/* Signs it with the key of the tests; version 0 is the next one. */
static inline bool temp_sign(int64_t version, const char *today, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct bank_signing signing = {
		.key = temp_key(), .version = version, .today = today, .arena = &arena
	};
	bool ok = bank_sign(temp_path("bank"), &signing, err);

	crypto_secret_free((struct secret_key *)signing.key);
	arena_release(&arena);
	return ok;
}

/* The usual one, signed; version 2 after it. */
static inline void temp_signed_bank(void)
{
	struct err err = ERR_INIT;

	temp_bank(TEMP_ONE, TEMP_TWO);
	EXPECT_OK(temp_sign(0, "2026-11-20", &err), err);
}

#endif
