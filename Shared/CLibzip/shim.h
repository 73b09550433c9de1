#pragma once
#include <stdlib.h>
#include <string.h>
#include <zip.h>

/// Opens an archive in memory, of which the library keeps a copy; NULL when it is none.
static inline zip_t *tributary_zip_open(const void *bytes, unsigned long count) {
    void *copy = malloc(count ? count : 1);
    if (!copy) return NULL;
    memcpy(copy, bytes, count);
    zip_source_t *source = zip_source_buffer_create(copy, count, 1, NULL);
    if (!source) {
        free(copy);
        return NULL;
    }
    zip_t *archive = zip_open_from_source(source, ZIP_RDONLY, NULL);
    if (!archive) zip_source_free(source);
    return archive;
}

/// The bytes of a part once unpacked, as the archive says; -1 when there is none of that name.
static inline long long tributary_zip_size(zip_t *archive, const char *name) {
    zip_stat_t status;
    zip_stat_init(&status);
    if (zip_stat(archive, name, ZIP_FL_NOCASE, &status) != 0 || !(status.valid & ZIP_STAT_SIZE)) return -1;
    return status.size > 0x7fffffffffff ? 0x7fffffffffff : (long long)status.size;
}
