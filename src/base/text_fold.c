#include "proctor/text.h"

#include <stdlib.h>

#include <unicase.h>
#include <uninorm.h>

#include "proctor/buf.h"
#include "proctor/err.h"

void text_fold(struct buf *out, const char *text, size_t len)
{
	size_t size = 0;
	uint8_t *folded;

	if (!len)
		return;
	folded = u8_casefold((const uint8_t *)text, len, NULL, UNINORM_NFKC, NULL, &size);
	if (!folded)
		err_no_memory();
	buf_add(out, folded, size);
	free(folded);
}
