#include "base/file_watcher.h"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <thread>

namespace headwater {
namespace {

constexpr uint32_t kChanges = IN_CREATE | IN_DELETE | IN_MODIFY | IN_ATTRIB | IN_MOVED_FROM |
                              IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
constexpr int kMinuteMs = 60'000;
constexpr int kQuietMs = 100;
constexpr auto kPollInterval = std::chrono::seconds(1);
constexpr auto kLongestBurst = std::chrono::seconds(2);

}  // namespace

FileWatcher::FileWatcher() : descriptor_(inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {}

FileWatcher::~FileWatcher() { give_up(); }

void FileWatcher::give_up() {
  if (descriptor_ >= 0) close(descriptor_);
  descriptor_ = -1;
  watches_.clear();
}

void FileWatcher::watch(const std::vector<std::string>& folders) {
  if (polls()) return;
  // One that is watched already keeps its number, and so do two paths of one folder.
  std::set<int> watches;
  for (const std::string& folder : folders) {
    const int watch = inotify_add_watch(descriptor_, folder.c_str(), kChanges);
    if (watch >= 0) {
      watches.insert(watch);
    } else if (errno == ENOSPC || errno == ENOMEM) {
      return give_up();
    }
  }
  for (const int watch : watches_) {
    if (!watches.contains(watch)) inotify_rm_watch(descriptor_, watch);
  }
  watches_ = std::move(watches);
}

bool FileWatcher::is_ready(int milliseconds) const {
  pollfd waiting{descriptor_, POLLIN, 0};
  return poll(&waiting, 1, milliseconds) > 0;
}

void FileWatcher::wait() const {
  if (polls()) {
    std::this_thread::sleep_for(kPollInterval);
  } else {
    is_ready(kMinuteMs);
  }
}

void FileWatcher::settle() const {
  if (polls()) return std::this_thread::sleep_for(std::chrono::milliseconds(kQuietMs));
  const auto end = std::chrono::steady_clock::now() + kLongestBurst;
  std::array<char, 16 << 10> events;
  while (is_ready(kQuietMs)) {
    while (read(descriptor_, events.data(), events.size()) > 0) {
    }
    if (std::chrono::steady_clock::now() > end) return;
  }
}

}  // namespace headwater
