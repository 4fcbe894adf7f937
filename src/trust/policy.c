#include "priv.h"

#include <string.h>

#include "proctor/arena.h"
#include "proctor/clock.h"
#include "proctor/err.h"
#include "proctor/text.h"

static bool set_banks(const char *text, struct trusted_key *key, struct err *err)
{
	if (!text[strspn(text, " \t")])
		return err_set(err, ERR_TRUST, "banks= names no bank");
	key->banks = text;
	return true;
}

static bool set_not_after(const char *text, struct trusted_key *key, struct err *err)
{
	if (!clock_is_date(text))
		return err_set(err, ERR_TRUST,
			       "not-after=%s is not a date like 2027-12-31", text);
	key->not_after = text;
	return true;
}

static const struct setting {
	const char *name;
	bool (*set)(const char *text, struct trusted_key *key, struct err *err);
} settings[] = {
	{ "banks=", set_banks },
	{ "not-after=", set_not_after },
};

#define SETTINGS (sizeof(settings) / sizeof(settings[0]))

static bool read_line(const char *line, bool seen[SETTINGS], struct trusted_key *key,
		      struct err *err)
{
	for (size_t i = 0; i < SETTINGS; i++) {
		size_t len = strlen(settings[i].name);

		if (strncmp(line, settings[i].name, len) != 0)
			continue;
		if (seen[i])
			return err_set(err, ERR_TRUST, "%s stands here a second time",
				       settings[i].name);
		seen[i] = true;
		return settings[i].set(line + len, key, err);
	}
	return err_set(err, ERR_TRUST, "neither banks= nor not-after=");
}

/* Without the blanks, or the CR, at its end. */
static size_t trimmed(const char *line, size_t len)
{
	while (len &&
	       (line[len - 1] == ' ' || line[len - 1] == '\t' || line[len - 1] == '\r'))
		len--;
	return len;
}

bool trust_policy_read(const char *bytes, size_t len, struct arena *arena,
		       struct trusted_key *key, struct err *err)
{
	struct trusted_key read = *key;
	bool seen[SETTINGS] = { false };
	const char *end = bytes + len;

	for (size_t line = 1; bytes < end; line++) {
		const char *feed = memchr(bytes, '\n', (size_t)(end - bytes));
		size_t size = trimmed(bytes, (size_t)((feed ? feed : end) - bytes));
		bool empty = size == 0 || bytes[0] == '#';

		if (!empty && !text_is_safe(bytes, size))
			return err_set(err, ERR_TRUST, "line %zu: unprintable characters",
				       line);
		if (!empty &&
		    !read_line(arena_copy(arena, bytes, size), seen, &read, err))
			return err_in(err, "line %zu", line);
		bytes = feed ? feed + 1 : end;
	}
	*key = read;
	return true;
}
