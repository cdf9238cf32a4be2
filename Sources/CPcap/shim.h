#pragma once
#include <pcap/pcap.h>
#include <grp.h>
#include <linux/capability.h>
#include <pwd.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// glibc has these for _GNU_SOURCE only, without which Swift imports it. They set O_CLOEXEC at once, so that a program
// started by another thread meanwhile doesn't inherit the descriptors.
int pipe2(int ends[2], int flags);
int mkostemp(char *name_template, int flags);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int first);

// Calls with a variable number of arguments, which Swift cannot make. Both return 0, or -1 and set errno.
// Takes every capability from this thread and those it will start.
static inline int ucmsim_forgo_capabilities(void) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {{0, 0, 0}};
  return (int)syscall(SYS_capset, &header, none);
}

// No program started from here gets more rights than this one has.
static inline int ucmsim_forgo_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }
