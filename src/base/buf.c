#include "proctor/buf.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "priv.h"
#include "proctor/err.h"

char *buf_space(struct buf *buf, size_t more)
{
	size_t wanted;

	if (more >= SIZE_MAX / 4 || buf->len >= SIZE_MAX / 4)
		err_no_memory();
	wanted = buf->len + more + 1;
	if (wanted > buf->size) {
		size_t size = buf->size ? buf->size : 64;

		while (size < wanted)
			size += size / 2;
		buf->data = base_memory(buf->size ? buf->data : NULL, size);
		buf->size = size;
		buf->data[buf->len] = '\0';
	}
	return buf->data + buf->len;
}

void buf_add(struct buf *buf, const void *bytes, size_t len)
{
	if (!len)
		return;
	memcpy(buf_space(buf, len), bytes, len);
	buf->len += len;
	buf->data[buf->len] = '\0';
}

void buf_char(struct buf *buf, char c)
{
	buf_add(buf, &c, 1);
}

void buf_text(struct buf *buf, const char *text)
{
	buf_add(buf, text, strlen(text));
}

void buf_repeat(struct buf *buf, char c, size_t times)
{
	if (!times)
		return;
	memset(buf_space(buf, times), c, times);
	buf->len += times;
	buf->data[buf->len] = '\0';
}

#define SHORT 127 /* what is printed is mostly no longer, and done at the first try */

void buf_vprintf(struct buf *buf, const char *format, va_list args)
{
	char *space = buf_space(buf, SHORT);
	va_list again;
	int len;

	va_copy(again, args);
	len = vsnprintf(space, SHORT + 1, format, args);
	if (len > SHORT)
		vsnprintf(buf_space(buf, (size_t)len), (size_t)len + 1, format, again);
	if (len > 0)
		buf->len += (size_t)len;
	buf->data[buf->len] = '\0';
	va_end(again);
}

void buf_printf(struct buf *buf, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	buf_vprintf(buf, format, args);
	va_end(args);
}

void buf_clear(struct buf *buf)
{
	buf->len = 0;
	if (buf->size)
		buf->data[0] = '\0';
}

void buf_release(struct buf *buf)
{
	if (buf->size)
		free(buf->data);
	*buf = (struct buf)BUF_INIT;
}
