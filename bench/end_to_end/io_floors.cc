// The floors that headwater is measured against: the least that any tool must do to learn what a
// tree holds.
//
//   headwater_io_floors stat ROOT THREADS    floor (a): walk, statx of every .py
//   headwater_io_floors read ROOT THREADS    floor (b): walk; open, read and close every .py
//   headwater_io_floors evict ROOT THREADS   drops every .py from the page cache; directory entries
//   stay
//
// A floor must not be slower than it has to be, or ratios to it flatter: system calls of its own
// (getdents64 into one buffer, names used where they lie), one reused read buffer per thread, a
// lock only when a thread runs out of folders.

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace {

enum class Mode { kStat, kRead, kEvict };

struct Totals {
  uint64_t files = 0;
  uint64_t bytes = 0;
  uint64_t folders = 0;
};

/// Folders that wait for a thread that has none. Each worker keeps its own stack and gives half of
/// it away only when another one starves. The walk ends when all workers starve.
class SharedFolders {
 public:
  explicit SharedFolders(unsigned workers) : workers_(workers) {}

  bool are_wanted() const { return starving_.load(std::memory_order_relaxed) != 0; }

  void give_half(std::vector<std::string>& own) {
    const std::lock_guard lock(mutex_);
    const auto middle = own.begin() + static_cast<ptrdiff_t>(own.size() / 2);
    std::move(own.begin(), middle, std::back_inserter(folders_));
    own.erase(own.begin(), middle);
    changed_.notify_all();
  }

  /// Waits for a folder; false when there will be none.
  bool take(std::string& folder) {
    std::unique_lock lock(mutex_);
    ++starving_;
    if (starving_ == workers_ && folders_.empty()) done_ = true;
    if (done_) changed_.notify_all();
    changed_.wait(lock, [this] { return done_ || !folders_.empty(); });
    if (folders_.empty()) return false;
    --starving_;
    folder = std::move(folders_.back());
    folders_.pop_back();
    return true;
  }

  void start_with(std::string folder) { folders_.push_back(std::move(folder)); }

 private:
  const unsigned workers_;
  std::atomic<unsigned> starving_{0};
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> folders_;
  bool done_ = false;
};

class Worker {
 public:
  Worker(Mode mode, SharedFolders& shared) : mode_(mode), shared_(shared) {}

  Totals run() {
    std::string folder;
    while (next(folder)) list(folder);
    return totals_;
  }

 private:
  /// What getdents64 writes; glibc declares it under a feature macro only.
  struct Entry {
    uint64_t inode;
    int64_t offset;
    uint16_t size;
    uint8_t type;
    char name[1];
  };

  bool next(std::string& folder) {
    if (own_.empty()) return shared_.take(folder);
    folder = std::move(own_.back());
    own_.pop_back();
    if (shared_.are_wanted() && own_.size() > 1) shared_.give_half(own_);
    return true;
  }

  void list(const std::string& folder) {
    const int fd = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return;
    ++totals_.folders;
    for (;;) {
      const long size = syscall(SYS_getdents64, fd, entries_.data(), entries_.size());
      if (size <= 0) break;
      for (long at = 0; at < size;) {
        const Entry* entry = reinterpret_cast<const Entry*>(entries_.data() + at);
        at += entry->size;
        take_entry(folder, fd, *entry);
      }
    }
    close(fd);
  }

  void take_entry(const std::string& folder, int folder_fd, const Entry& entry) {
    const std::string_view name = entry.name;
    if (entry.type == DT_DIR) {
      if (name != "." && name != ".." && name != ".git") own_.push_back(folder + '/' + entry.name);
    } else if (entry.type == DT_REG && name.size() > 3 && name.ends_with(".py")) {
      ++totals_.files;
      if (mode_ == Mode::kStat) {
        stat(folder_fd, entry.name);
      } else {
        open_file(folder_fd, entry.name);
      }
    }
  }

  void stat(int folder_fd, const char* name) {
    struct statx status;
    if (statx(folder_fd, name, AT_SYMLINK_NOFOLLOW | AT_STATX_DONT_SYNC,
              STATX_SIZE | STATX_MTIME | STATX_INO, &status) == 0) {
      totals_.bytes += status.stx_size;
    }
  }

  void open_file(int folder_fd, const char* name) {
    const int fd = openat(folder_fd, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) return;
    if (mode_ == Mode::kEvict) {
      posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    } else {
      totals_.bytes += read_all(fd);
    }
    close(fd);
  }

  /// A read that fills less than it was given ends the file: a second call for the end would cost a
  /// tenth of the floor.
  uint64_t read_all(int fd) {
    uint64_t size = 0;
    for (;;) {
      const ssize_t got = read(fd, contents_.data() + size, contents_.size() - size);
      if (got <= 0) return size;
      size += static_cast<uint64_t>(got);
      if (size < contents_.size()) return size;
      contents_.resize(2 * contents_.size());
    }
  }

  const Mode mode_;
  SharedFolders& shared_;
  Totals totals_;
  std::vector<std::string> own_;
  std::vector<char> entries_ = std::vector<char>(1 << 16);
  std::vector<char> contents_ = std::vector<char>(1 << 20);
};

}  // namespace

int main(int argc, char** argv) {
  const std::string_view name = argc == 4 ? argv[1] : "";
  const int threads = argc == 4 ? std::atoi(argv[3]) : 0;
  if ((name != "stat" && name != "read" && name != "evict") || threads < 1) {
    std::fputs("usage: headwater_io_floors stat|read|evict ROOT THREADS\n", stderr);
    return 2;
  }
  const Mode mode = name == "stat" ? Mode::kStat : name == "read" ? Mode::kRead : Mode::kEvict;
  SharedFolders shared(static_cast<unsigned>(threads));
  shared.start_with(argv[2]);
  std::vector<Totals> totals(static_cast<size_t>(threads));
  std::vector<std::thread> workers;
  for (Totals& own : totals) workers.emplace_back([&] { own = Worker(mode, shared).run(); });
  Totals sum;
  for (size_t i = 0; i < workers.size(); ++i) {
    workers[i].join();
    sum.files += totals[i].files;
    sum.bytes += totals[i].bytes;
    sum.folders += totals[i].folders;
  }
  std::printf("{\"files\":%lu,\"bytes\":%lu,\"folders\":%lu}\n", sum.files, sum.bytes, sum.folders);
  return 0;
}
