#ifndef PROCTOR_BUF_H
#define PROCTOR_BUF_H

#include <stdarg.h>
#include <stddef.h>

/*
 * Text or bytes being built; the only thing that grows. Always NUL-terminated
 * behind len, so that data may be used as a C string; an empty buffer's data is
 * "" and not NULL. Owned by whoever holds it, freed with buf_release().
 */
struct buf {
	char *data;
	size_t len, size;
};

#define BUF_INIT                 \
	{                        \
		(char *)"", 0, 0 \
	}

void buf_add(struct buf *buf, const void *bytes, size_t len);
void buf_char(struct buf *buf, char c);
void buf_text(struct buf *buf, const char *text);
void buf_repeat(struct buf *buf, char c, size_t times);
void buf_printf(struct buf *buf, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *buf, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));
char *buf_space(struct buf *buf, size_t more); /* room for more bytes behind len */
void buf_clear(struct buf *buf);               /* empty, memory kept */
void buf_release(struct buf *buf);             /* empty, memory freed */

#endif
