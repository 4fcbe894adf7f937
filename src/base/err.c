#include "proctor/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A message that was cut ends in "...", and never inside a character. */
static void mark_cut(char *text, size_t size, int wanted)
{
	size_t end = size - 1;

	if (wanted < 0 || (size_t)wanted < size)
		return;
	end -= 3;
	while (end > 0 && ((unsigned char)text[end] & 0xC0) == 0x80)
		end--;
	memcpy(text + end, "...", 4);
}

__attribute__((format(printf, 3, 0))) static void put(struct err *err, enum err_kind kind,
						      const char *format, va_list args,
						      const char *behind)
{
	char text[sizeof(err->text)];
	int len = vsnprintf(text, sizeof(text), format, args);

	mark_cut(text, sizeof(text), len);
	if (behind[0] == '\0') {
		memcpy(err->text, text, sizeof(text));
	} else {
		len = snprintf(err->text, sizeof(err->text), "%s: %s", text, behind);
		mark_cut(err->text, sizeof(err->text), len);
	}
	err->kind = kind;
}

bool err_set(struct err *err, enum err_kind kind, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	put(err, kind, format, args, "");
	va_end(args);
	return false;
}

bool err_errno(struct err *err, const char *format, ...)
{
	const char *reason = strerror(errno);
	va_list args;

	va_start(args, format);
	put(err, ERR_SYSTEM, format, args, reason);
	va_end(args);
	return false;
}

bool err_in(struct err *err, const char *format, ...)
{
	char behind[sizeof(err->text)];
	va_list args;

	memcpy(behind, err->text, sizeof(behind));
	va_start(args, format);
	put(err, err->kind, format, args, behind);
	va_end(args);
	return false;
}

noreturn void err_no_memory(void)
{
	static const char message[] = "proctor: out of memory\n";

	if (write(STDERR_FILENO, message, sizeof(message) - 1) < 0)
		_exit(ERR_SYSTEM);
	_exit(ERR_SYSTEM);
}
