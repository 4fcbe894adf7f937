#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "cmd.h"
#include "proctor/file.h"

/* A key others can read is no secret; we say so instead of using it. */
static bool check_private(const char *path, struct err *err)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return err_errno(err, "%s", path);
	if (st.st_mode & 077)
		return err_set(err, ERR_TRUST,
			       "%s: others may read this key (mode %03o); chmod 600 it",
			       path, (unsigned)(st.st_mode & 0777));
	return true;
}

/* No secret shall lie about in a core file, or be read by a debugger. */
static void keep_to_ourselves(void)
{
	struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
#ifdef PR_SET_DUMPABLE
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

static bool ask_password(void *context, char *password, struct err *err)
{
	(void)context;
	return ask_hidden("Password of the signing key: ", password, err);
}

bool load_secret(const char *path, struct secret_key **key, struct err *err)
{
	struct buf text = BUF_INIT;
	bool ok;

	keep_to_ourselves();
	if (!check_private(path, err))
		return false;
	ok = file_read(path, CRYPTO_SECRET_FILE_MAX, &text, err) &&
	     (crypto_secret_read(text.data, text.len, ask_password, NULL, key, err) ||
	      err_in(err, "%s", path));
	crypto_wipe(text.data, text.len);
	buf_release(&text);
	return ok;
}

/* Two passwords of CRYPTO_PASSWORD_MAX bytes behind each other: both are typed. */
static bool ask_new_password(char *password, struct err *err)
{
	char *again = password + CRYPTO_PASSWORD_MAX;

	if (!ask_hidden("Password for the new signing key: ", password, err))
		return false;
	if (!password[0])
		return err_set(err, ERR_USAGE,
			       "the password is empty; say --no-password to have none");
	if (!ask_hidden("The same password again: ", again, err))
		return false;
	if (strcmp(password, again) != 0)
		return err_set(err, ERR_INPUT,
			       "the two passwords differ; no key was made");
	put_note("encrypting the key: takes some seconds, and 1 GiB of memory");
	return true;
}

bool save_secret(const char *path, const struct secret_key *key, bool no_password,
		 struct err *err)
{
	char *password;
	struct buf text = BUF_INIT;
	bool ok;

	keep_to_ourselves();
	password = crypto_locked((size_t)2 * CRYPTO_PASSWORD_MAX);
	ok = (no_password || ask_new_password(password, err)) &&
	     crypto_secret_write(key, no_password ? NULL : password, &text, err) &&
	     file_create(path, text.data, text.len, 0600, err);
	crypto_wipe(text.data, text.len);
	buf_release(&text);
	crypto_locked_free(password);
	return ok;
}
