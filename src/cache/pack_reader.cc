#include "cache/pack_reader.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>

namespace headwater::cache {
namespace {

/// What is read at once where entries are asked for in their order.
constexpr uint64_t kWindowBytes = 64 << 10;
/// A buffer that a large entry has made is not kept beyond it.
constexpr uint64_t kMostKeptBytes = 16 * kWindowBytes;

tl::unexpected<Error> malformed(const std::string& path) {
  return fail(ErrorCode::kMalformed, path, "is damaged");
}

tl::unexpected<Error> unreadable(const std::string& path, int error) {
  const ErrorCode code = error == ENOENT   ? ErrorCode::kNotFound
                         : error == EACCES ? ErrorCode::kPermission
                                           : ErrorCode::kIo;
  return fail(code, path, std::string("cannot be read, ") + std::strerror(error));
}

/// How many bytes there were.
uint64_t read_at(int descriptor, void* out, uint64_t size, uint64_t offset) {
  uint64_t done = 0;
  while (done < size) {
    const ssize_t got = pread(descriptor, static_cast<std::byte*>(out) + done, size - done,
                              static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    done += static_cast<uint64_t>(got);
  }
  return done;
}

}  // namespace

Result<PackReader> PackReader::open(const std::string& path, uint64_t identity) {
  // O_NONBLOCK: a FIFO with this name must not stop the run.
  Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!descriptor) return unreadable(path, errno);
  struct stat status {};
  if (fstat(descriptor.get(), &status) != 0) return unreadable(path, errno);
  if (!S_ISREG(status.st_mode)) return malformed(path);
  PackReader pack(std::move(descriptor), path);
  pack.size_bytes_ = static_cast<uint64_t>(status.st_size);
  pack.mtime_seconds_ = status.st_mtim.tv_sec;
  if (const auto read = pack.read_index(identity); !read) return tl::unexpected(read.error());
  return pack;
}

Result<void> PackReader::read_index(uint64_t identity) {
  PackFooter footer;
  if (size_bytes_ < sizeof footer) return malformed(path_);
  const uint64_t rest = size_bytes_ - sizeof footer;
  if (read_at(descriptor(), &footer, sizeof footer, rest) != sizeof footer ||
      footer.checksum != checksum_of(footer) || footer.magic != kPackMagic ||
      footer.format != kPackFormat || footer.identity != identity || footer.index_offset > rest ||
      footer.entry_count > UINT32_MAX ||
      footer.entry_count * sizeof(IndexRow) != rest - footer.index_offset) {
    return malformed(path_);
  }
  index_offset_ = footer.index_offset;
  rows_.resize(footer.entry_count);
  const uint64_t bytes = rows_.size() * sizeof(IndexRow);
  if (read_at(descriptor(), rows_.data(), bytes, index_offset_) != bytes ||
      checksum_of(std::as_bytes(std::span(rows_))) != footer.index_checksum) {
    return malformed(path_);
  }
  make_starts();
  return {};
}

/// Hashes spread evenly: a bucket for every four rows ends a search within a cache line or two.
void PackReader::make_starts() {
  const int bits = std::clamp<int>(static_cast<int>(std::bit_width(rows_.size())) - 2, 1, 31);
  shift_ = 64 - bits;
  starts_.assign((size_t{1} << bits) + 1, 0);
  for (const IndexRow& row : rows_) ++starts_[(row.key_hash >> shift_) + 1];
  for (size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
}

const IndexRow* PackReader::look_up(uint64_t key_hash) const {
  const uint64_t bucket = key_hash >> shift_;
  for (uint32_t i = starts_[bucket]; i < starts_[bucket + 1]; ++i) {
    if (rows_[i].key_hash == key_hash) return &rows_[i];
  }
  return nullptr;
}

std::span<const std::byte> PackReader::entry(const IndexRow& row, ReadWindow& window) const {
  const uint64_t begin = row.offset_words * kWord;
  const uint64_t size = row.words * kWord;
  if (begin > index_offset_ || size > index_offset_ - begin) return {};
  const bool is_near = window.pack_ == this && begin >= window.begin_ &&
                       begin <= window.begin_ + window.size_ + kWindowBytes;
  if (!is_near || begin + size > window.begin_ + window.size_) {
    const uint64_t wanted = std::min(is_near ? std::max(size, kWindowBytes) : size,  //
                                     index_offset_ - begin);
    if (wanted > window.capacity_ || window.capacity_ > kMostKeptBytes) {
      window.capacity_ = std::max(wanted, kWindowBytes);
      window.bytes_ = std::make_unique_for_overwrite<std::byte[]>(window.capacity_);
    }
    window.pack_ = this;
    window.begin_ = begin;
    window.size_ = read_at(descriptor(), window.bytes_.get(), wanted, begin);
    if (window.size_ < size) return {};
  }
  const std::span entry(window.bytes_.get() + (begin - window.begin_), size);
  return is_whole(entry) ? entry : std::span<const std::byte>();
}

}  // namespace headwater::cache
