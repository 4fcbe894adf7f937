#include "proctor/text.h"

#include <stdlib.h>
#include <string.h>

#include <uninorm.h>

#include "proctor/buf.h"
#include "proctor/err.h"

bool text_nfc(struct buf *out, const char *text, size_t len)
{
	size_t size = 0;
	uint8_t *normal;
	bool same;

	if (!len)
		return true;
	normal = u8_normalize(UNINORM_NFC, (const uint8_t *)text, len, NULL, &size);
	if (!normal)
		err_no_memory();
	same = size == len && memcmp(normal, text, len) == 0;
	buf_add(out, normal, size);
	free(normal);
	return same;
}
