#pragma once
#include <pcap/pcap.h>
#include <spawn.h>

// glibc has these for _GNU_SOURCE only, without which Swift imports it. They set O_CLOEXEC at once, so that a program
// started by another thread meanwhile doesn't inherit the descriptors.
int pipe2(int ends[2], int flags);
int mkostemp(char *name_template, int flags);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int first);
