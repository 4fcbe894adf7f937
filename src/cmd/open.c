#include <stdlib.h>
#include <string.h>

#include "cmd.h"
#include "proctor/clock.h"
#include "proctor/file.h"
#include "proctor/sandbox.h"

#define OLD_DAYS 365

/* ---- Confinement ---- */

/* What is read after the banks, by the system's libraries and by us. */
static const char *const system_files[] = {
	"/usr/share/terminfo", "/lib/terminfo",
	"/etc/terminfo",       "/usr/lib/locale",
	"/usr/share/locale",   "/usr/share/zoneinfo",
	"/etc/localtime",      "/proc/sys/kernel/random/boot_id",
	"/dev/urandom",        NULL,
};

/* The sanitizers look at the process they end. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define OWN_PROCESS "/proc/self"
#else
#define OWN_PROCESS NULL
#endif

#define READ_MAX 16 /* more than there are above */

/* The user's own descriptions of terminals. */
static const char *own_terminfo(struct arena *arena)
{
	const char *place = getenv("TERMINFO"), *home = getenv("HOME");

	if (place && place[0] == '/')
		return place;
	return home && home[0] == '/' ? arena_printf(arena, "%s/.terminfo", home) : NULL;
}

bool confine(const char *const *given, size_t count, const char *const *write,
	     struct arena *arena, struct err *err)
{
	const char **read = ARENA_ARRAY(arena, count + READ_MAX, const char *);
	struct sandbox sandbox = { read, write };
	size_t n = 0;

	for (size_t i = 0; i < count; i++)
		read[n++] = given[i];
	for (size_t i = 0; system_files[i]; i++)
		read[n++] = system_files[i];
	if (OWN_PROCESS)
		read[n++] = OWN_PROCESS;
	read[n++] = own_terminfo(arena);
	return sandbox_enter(&sandbox, err);
}

bool opener_confine(struct opener *opener, const struct folders *folders, struct err *err)
{
	const char *write[] = { NULL, "/dev/tty", "/dev/null", NULL };
	struct buf state = BUF_INIT;
	bool ok = file_xdg(FILE_XDG_STATE, NULL, &state, err);

	write[0] = state.data;
	ok = ok && confine(folders->at, folders->count, write, opener->arena, err);
	buf_release(&state);
	return ok;
}

/* ---- How old it is ---- */

size_t bank_warnings(const struct bank *bank, const char *day, struct arena *arena,
		     const char *warnings[BANK_WARNINGS])
{
	int64_t age = clock_day(day) - clock_day(bank->issued);
	size_t n = 0;

	if (age < -1)
		warnings[n++] = arena_printf(arena,
					     "bank %s was issued on %s, which is yet to "
					     "come: is the clock right?",
					     bank->id, bank->issued);
	if (age > OLD_DAYS)
		warnings[n++] = arena_printf(
			arena, "bank %s was issued %lld days ago: is there a newer one?",
			bank->id, (long long)age);
	if (bank->valid_until && strcmp(day, bank->valid_until) > 0)
		warnings[n++] = arena_printf(arena,
					     "bank %s was valid until %s: the exam may "
					     "have changed since",
					     bank->id, bank->valid_until);
	return n;
}

static bool tell_warnings(const struct opener *opener, const struct bank *bank,
			  struct err *err)
{
	const char *warnings[BANK_WARNINGS];
	size_t n = bank_warnings(bank, opener->today, opener->arena, warnings);

	if (n && opener->given->strict)
		return err_set(err, ERR_TRUST, "%s", warnings[0]);
	for (size_t i = 0; i < n; i++)
		put_note(arena_printf(opener->arena, "warning: %s", warnings[i]));
	return true;
}

/* ---- Opening ---- */

bool opener_start(struct opener *opener, const struct bank_given *given,
		  struct arena *arena, struct err *err)
{
	*opener = (struct opener){ .given = given, .arena = arena };
	opener->now_ms = clock_now(&clock_system).real;
	opener->today = today(arena);
	return trust_load(&opener->trust, given->key, arena, err) &&
	       store_open(NULL, &opener->store, err);
}

void opener_end(struct opener *opener)
{
	store_free(opener->store);
}

typedef bool open_by(const char *dir, const struct bank_policy *policy,
		     struct bank **bank, struct err *err);

static bool open_with(open_by *by, struct opener *opener, const char *dir,
		      struct bank **bank, struct err *err)
{
	const struct bank_given *given = opener->given;
	struct bank_policy policy = { &opener->trust, given->allow_unsigned,
				      opener->today };
	struct bank *opened;

	if (!by(dir, &policy, &opened, err))
		return false;
	if (!store_meet(opener->store, opened, given->allow_downgrade, opener->now_ms,
			err) ||
	    !tell_warnings(opener, opened, err)) {
		bank_free(opened);
		return err_in(err, "%s", dir);
	}
	*bank = opened;
	return true;
}

bool opener_open(struct opener *opener, const char *dir, struct bank **bank,
		 struct err *err)
{
	return open_with(bank_open, opener, dir, bank, err);
}

bool opener_verify(struct opener *opener, const char *dir, struct bank **bank,
		   struct err *err)
{
	return open_with(bank_verify, opener, dir, bank, err);
}
