// Loaded into a program by LD_PRELOAD: kills it at the Nth of the calls that change what is on the
// disk, N being HEADWATER_KILL_AT. A write is done by half first.
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>
#include <cstdarg>
#include <cstdlib>

namespace {

std::atomic<long> calls{0};

bool is_the_one() {
  static const char* const wanted = std::getenv("HEADWATER_KILL_AT");
  return wanted != nullptr && ++calls == std::atol(wanted);
}

[[noreturn]] void die() {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

template <typename Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

/// Standard streams are no part of what is kept.
bool is_of_disk(int descriptor) { return descriptor > STDERR_FILENO; }

}  // namespace

#define CHANGES(result, name, parameters, arguments, is_meant) \
  extern "C" result name parameters {                          \
    if ((is_meant) && is_the_one()) die();                     \
    static auto* const real = next<result parameters>(#name);  \
    return real arguments;                                     \
  }

CHANGES(int, rename, (const char* from, const char* to), (from, to), true)
CHANGES(int, renameat, (int a, const char* from, int b, const char* to), (a, from, b, to), true)
CHANGES(int, link, (const char* from, const char* to), (from, to), true)
CHANGES(int, unlink, (const char* path), (path), true)
CHANGES(int, unlinkat, (int folder, const char* path, int flags), (folder, path, flags), true)
CHANGES(int, mkdir, (const char* path, mode_t mode), (path, mode), true)
CHANGES(int, ftruncate, (int file, off_t size), (file, size), true)
CHANGES(int, ftruncate64, (int file, off64_t size), (file, size), true)
CHANGES(int, fsync, (int file), (file), true)
CHANGES(int, fdatasync, (int file), (file), true)
CHANGES(int, mkostemp, (char* path, int flags), (path, flags), true)

extern "C" ssize_t write(int file, const void* bytes, size_t size) {
  static auto* const real = next<ssize_t(int, const void*, size_t)>("write");
  if (!is_of_disk(file) || !is_the_one()) return real(file, bytes, size);
  (void)!real(file, bytes, size / 2);
  die();
}

extern "C" ssize_t pwrite(int file, const void* bytes, size_t size, off_t at) {
  static auto* const real = next<ssize_t(int, const void*, size_t, off_t)>("pwrite");
  if (!is_the_one()) return real(file, bytes, size, at);
  (void)!real(file, bytes, size / 2, at);
  die();
}

extern "C" ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t at) {
  static auto* const real = next<ssize_t(int, const void*, size_t, off64_t)>("pwrite64");
  if (!is_the_one()) return real(file, bytes, size, at);
  (void)!real(file, bytes, size / 2, at);
  die();
}
