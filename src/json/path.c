#include "priv.h"

static bool is_plain(const char *name, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		char c = name[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			      c == '_';
		bool inner = (c >= '0' && c <= '9') || c == '-';

		if (!letter && !(inner && i > 0))
			return false;
	}
	return len > 0 && len <= 40;
}

void json_path_name(struct buf *path, const char *name, size_t len)
{
	if (!is_plain(name, len)) {
		buf_char(path, '[');
		json_quote(path, name, len);
		buf_char(path, ']');
		return;
	}
	if (path->len)
		buf_char(path, '.');
	buf_add(path, name, len);
}

void json_path_index(struct buf *path, size_t index)
{
	buf_printf(path, "[%zu]", index);
}
