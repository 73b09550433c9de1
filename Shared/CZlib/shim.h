#pragma once
#include <string.h>
#include <zlib.h>

/// Writes `count` bytes as one gzip member of at most `limit` bytes; answers its length, 0 when zlib refuses.
static inline unsigned long tributary_gzip(
    const unsigned char *bytes, unsigned long count, unsigned char *out, unsigned long limit, int level) {
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    if (deflateInit2(&stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return 0;
    stream.next_in = (unsigned char *)bytes;
    stream.avail_in = (unsigned int)count;
    stream.next_out = out;
    stream.avail_out = (unsigned int)limit;
    int ended = deflate(&stream, Z_FINISH);
    deflateEnd(&stream);
    return ended == Z_STREAM_END ? stream.total_out : 0;
}

/// The most bytes that a member of `count` bytes takes.
static inline unsigned long tributary_gzip_bound(unsigned long count) {
    return compressBound(count) + 32;
}
