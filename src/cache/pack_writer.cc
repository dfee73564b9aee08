#include "cache/pack_writer.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include "base/write_all.h"

namespace headwater::cache {

Result<PackWriter> PackWriter::create(const std::string& folder, uint64_t identity) {
  auto file = create_in_store(folder, identity);
  if (!file) return tl::unexpected(file.error());
  return PackWriter(std::move(*file), identity);
}

PackWriter::~PackWriter() {
  if (file_.descriptor) unlink(file_.temporary.c_str());
}

Result<void> PackWriter::write(std::span<const std::byte> bytes) {
  const int error = write_all(file_.descriptor.get(),
                              {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  if (error != 0) return cannot_write_store(file_.temporary, error);
  return {};
}

Result<void> PackWriter::append(const EntryBatch& batch) {
  if ((offset_ + batch.bytes.size()) / kWord > UINT32_MAX) return {};
  for (IndexRow row : batch.rows) {
    row.offset_words += static_cast<uint32_t>(offset_ / kWord);
    rows_.push_back(row);
  }
  offset_ += batch.bytes.size();
  return write(batch.bytes);
}

Result<void> PackWriter::finish(std::optional<int64_t> mtime_seconds) {
  std::ranges::sort(rows_, {}, &IndexRow::key_hash);
  const auto index = std::as_bytes(std::span(rows_));
  PackFooter footer{};
  footer.magic = kPackMagic;
  footer.format = kPackFormat;
  footer.identity = identity_;
  footer.entry_count = rows_.size();
  footer.index_offset = offset_;
  footer.index_checksum = checksum_of(index);
  footer.checksum = checksum_of(footer);
  if (const auto written = write(index); !written) return written;
  if (const auto written = write(std::as_bytes(std::span(&footer, 1))); !written) return written;
  if (mtime_seconds) {
    const timespec times[] = {{*mtime_seconds, 0}, {*mtime_seconds, 0}};
    futimens(file_.descriptor.get(), times);
  }
  if (rename(file_.temporary.c_str(), file_.path.c_str()) != 0)
    return cannot_write_store(file_.temporary, errno);
  file_.descriptor = Descriptor();
  return {};
}

}  // namespace headwater::cache
