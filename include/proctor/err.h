#ifndef PROCTOR_ERR_H
#define PROCTOR_ERR_H

#include <stdbool.h>
#include <stdnoreturn.h>

/*
 * The one way to fail. A function that can fail takes a struct err last and
 * returns bool: true is success and leaves err untouched; false has filled err
 * and has written no output parameter.
 *
 * The kinds are the program's exit statuses, because they are the four
 * different things a person can do about it: mend the input, mend the command
 * line, decide whom to trust, mend the machine.
 *
 * A message is one line, without capital or full stop; it names the place, says
 * what was found and, where it helps, what to do. The lower function does not
 * repeat what its caller knows: the caller adds it with err_in().
 */
enum err_kind {
	ERR_NONE = 0,
	ERR_INPUT = 1,
	ERR_USAGE = 2,
	ERR_TRUST = 3,
	ERR_SYSTEM = 4,
};

struct err {
	enum err_kind kind;
	char text[1024]; /* longer messages are cut, on a character, with "..." */
};

#define ERR_INIT             \
	{                    \
		ERR_NONE, "" \
	}

/* Fills err; always returns false, so that "return err_set(...)" ends a function. */
bool err_set(struct err *err, enum err_kind kind, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The same with ERR_SYSTEM and ": <strerror(errno)>" behind the message. */
bool err_errno(struct err *err, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Puts "<format>: " before the message that is there; always returns false. */
bool err_in(struct err *err, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * Out of memory ends the program with status 4 and one line: every response
 * acknowledged is on disk already, so nothing is lost that could be kept.
 */
noreturn void err_no_memory(void);

#endif
