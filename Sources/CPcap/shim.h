#pragma once
#include <pcap/pcap.h>
#include <stdio.h>

/// Reads up to `count` bytes and pushes them back, so that a pipe can be looked at before libpcap reads it.
/// glibc takes back any number of bytes; ISO C promises one. Returns the number of bytes seen.
static inline size_t cpcap_peek(FILE *file, unsigned char *bytes, size_t count) {
  size_t seen = 0;
  while (seen < count) {
    int byte = getc(file);
    if (byte == EOF) break;
    bytes[seen++] = (unsigned char)byte;
  }
  int failed = ferror(file);
  for (size_t index = seen; index > 0; index--) ungetc(bytes[index - 1], file);
  if (!failed) clearerr(file);
  return seen;
}
