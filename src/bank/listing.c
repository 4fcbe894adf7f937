#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "priv.h"

void listing_add(struct listing *listing, const char *path, bool is_new)
{
	for (size_t i = 0; i < listing->count; i++)
		if (strcmp(listing->files[i].path, path) == 0)
			return;
	listing->files = reading_grow(listing->files, listing->count, &listing->size,
				      sizeof(*listing->files));
	listing->files[listing->count++] = (struct listed){ path, is_new };
}

static int compare_paths(const void *a, const void *b)
{
	return strcmp(((const struct listed *)a)->path, ((const struct listed *)b)->path);
}

void listing_add_folder(struct listing *listing, int dir, struct arena *arena)
{
	int fd = openat(dir, listing->name,
			O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	DIR *folder = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *entry;

	if (!folder && fd >= 0)
		close(fd);
	if (!folder)
		return;
	while ((entry = readdir(folder))) {
		size_t len = strlen(entry->d_name);

		if (len > 5 && entry->d_name[0] != '.' &&
		    strcmp(entry->d_name + len - 5, ".json") == 0)
			listing_add(listing,
				    arena_printf(arena, "%s/%s", listing->name,
						 entry->d_name),
				    true);
	}
	closedir(folder);
}

void listing_sort(struct listing *listing)
{
	if (listing->count)
		qsort(listing->files, listing->count, sizeof(*listing->files),
		      compare_paths);
}
