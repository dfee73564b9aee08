#include <optional>

#include "base/text.h"
#include "triage/line_reader.h"
#include "triage/place.h"
#include "triage/readers.h"
#include "triage/words.h"

namespace headwater::triage {
namespace {

constexpr std::string_view kFile = "[File] ";
constexpr std::string_view kConfig = "[Config] ";
constexpr std::string_view kImport = "--> Import: ";
constexpr std::string_view kKey = "--> Key:";
constexpr std::string_view kTarget = "--> Target: ";
constexpr std::string_view kError = "--> Error: ";

bool recognises(std::string_view line) {
  return line.starts_with("AUDIT REPORT | Scanned ") ||
         line.find("BROKEN IMPORTS (") != std::string_view::npos ||
         line.find("BROKEN HYDRA TARGETS (") != std::string_view::npos;
}

/// Entries of some lines each:
///
///     [File] FILE:LINE                [Config] FILE
///       --> Import: MODULE [NAMES]      --> Key: KEY
///       --> Error: MESSAGE              --> Target: NAME
///                                       --> Error: MESSAGE
class ImportAuditText : public TextReader {
 public:
  void take(std::string_view piece, const Sink& sink) override {
    lines_.take(piece, [&](std::string_view text) { line(trimmed(text), sink); });
  }
  /// The report ends with a sentence; an entry without its error is cut off.
  bool finish(const Sink& sink) override {
    lines_.finish([&](std::string_view text) { line(trimmed(text), sink); });
    return !entry_;
  }

 private:
  void line(std::string_view text, const Sink& sink) {
    if (text.starts_with(kFile)) {
      entry_.emplace();
      entry_->about = ToolEntry::About::kImport;
      const std::string with_end = std::string(text.substr(kFile.size())) + ':';
      if (const auto place = place_before(with_end)) {
        entry_->file = place->file;
        entry_->line = place->line;
      }
    } else if (text.starts_with(kConfig)) {
      entry_.emplace();
      entry_->about = ToolEntry::About::kConfiguration;
      entry_->file = text.substr(kConfig.size());
    } else if (!entry_) {
      return;
    } else if (text.starts_with(kImport)) {
      text.remove_prefix(kImport.size());
      const size_t end = text.find(' ');
      entry_->module = text.substr(0, end);
      if (end != std::string_view::npos) entry_->symbols = quoted_words(text.substr(end));
    } else if (text.starts_with(kKey)) {
      entry_->rule = trimmed(text.substr(kKey.size()));
    } else if (text.starts_with(kTarget)) {
      entry_->module = text.substr(kTarget.size());
    } else if (text.starts_with(kError)) {
      entry_->message = text.substr(kError.size());
      sink(*std::move(entry_));
      entry_.reset();
    }
  }

  Lines lines_;
  std::optional<ToolEntry> entry_;
};

std::unique_ptr<TextReader> make() { return std::make_unique<ImportAuditText>(); }

}  // namespace

constinit const TextFormat kImportAuditText{"import audit", recognises, make};

}  // namespace headwater::triage
