#include "model/file_facts.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>
#include <vector>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace headwater {

void NameTable::grow() {
  slots_.assign(std::max<size_t>(32, std::bit_ceil(ends_.size() * 4)), 0);
  for (uint32_t i = 0; i < ends_.size(); ++i) {
    const std::string_view name = (*this)[NameId{i}];
    size_t slot = XXH3_64bits(name.data(), name.size()) & (slots_.size() - 1);
    while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = i + 1;
  }
}

NameId NameTable::intern(std::string_view name) {
  if ((ends_.size() + 1) * 2 > slots_.size()) grow();
  size_t slot = XXH3_64bits(name.data(), name.size()) & (slots_.size() - 1);
  for (; slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1)) {
    const NameId id{slots_[slot] - 1};
    if ((*this)[id] == name) return id;
  }
  text_ += name;
  ends_.push_back(static_cast<uint32_t>(text_.size()));
  slots_[slot] = static_cast<uint32_t>(ends_.size());
  return NameId{slots_[slot] - 1};
}

std::optional<NameId> NameTable::find(std::string_view name) const {
  if (slots_.empty()) return std::nullopt;
  size_t slot = XXH3_64bits(name.data(), name.size()) & (slots_.size() - 1);
  for (; slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1)) {
    const NameId id{slots_[slot] - 1};
    if ((*this)[id] == name) return id;
  }
  return std::nullopt;
}

std::string_view NameTable::operator[](NameId id) const {
  const auto i = static_cast<uint32_t>(id);
  const uint32_t begin = i == 0 ? 0 : ends_[i - 1];
  return std::string_view(text_).substr(begin, ends_[i] - begin);
}

void NameTable::clear() {
  // By what this file had: one large file would make all after it dear.
  slots_.resize(std::min(slots_.size(), std::max<size_t>(32, std::bit_ceil(ends_.size() * 4))));
  std::ranges::fill(slots_, 0);
  text_.clear();
  ends_.clear();
}

PlaceInFile FileFacts::place(uint32_t line) const {
  const std::span<const NotebookCell> all = cells();
  const auto after = std::ranges::upper_bound(all, line, {}, &NotebookCell::first_line);
  if (after == all.begin()) return {0, line};
  const NotebookCell& cell = *std::prev(after);
  return {cell.number, line - cell.first_line + 1};
}

const std::array<uint32_t, FileFacts::kPartCount> FileFacts::kElementSizes = {
    sizeof(Import),
    sizeof(ImportedName),
    sizeof(Binding),
    sizeof(StarImport),
    sizeof(NameId),
    sizeof(StringReference),
    sizeof(StringUse),
    sizeof(AttributeRead),
    sizeof(PathEdit),
    sizeof(SyntaxFault),
    sizeof(VersionRequirement),
    sizeof(Suppression),
    sizeof(NotebookCell),
    sizeof(RunCondition),
    sizeof(uint32_t),
    sizeof(NameState),
    sizeof(char)};

namespace {

/// What stands before the block.
struct BytesHeader {
  uint64_t content_hash;
  DynamicMarkers dynamic_markers;
  uint8_t exports_state;
  uint8_t has_getattr;
  std::array<uint32_t, 17> ends;
};
static_assert(sizeof(BytesHeader) == 80 && std::has_unique_object_representations_v<BytesHeader>);

}  // namespace

bool FileFacts::says_the_same_as(const FileFacts& other) const {
  return dynamic_markers == other.dynamic_markers && exports_state == other.exports_state &&
         has_getattr == other.has_getattr && ends_ == other.ends_ &&
         (ends_.back() == 0 || std::memcmp(block_.get(), other.block_.get(), ends_.back()) == 0);
}

namespace {

/// The lines at which two texts have the same, as pairs.
class Renumbering {
 public:
  void add(uint32_t line, uint32_t other) { lines_.emplace_back(line, other); }

  /// Whether it keeps which line is before which, and which are one.
  bool keeps_order() {
    std::ranges::sort(lines_);
    return std::ranges::adjacent_find(lines_, [](const auto& a, const auto& b) {
             return a.first == b.first ? a.second != b.second : a.second >= b.second;
           }) == lines_.end();
  }

 private:
  std::vector<std::pair<uint32_t, uint32_t>> lines_;
};

void leave_place(Import& import) { import.line = import.offset = import.end = 0; }
void leave_place(StringReference& reference) { reference.line = reference.offset = 0; }
template <typename Record>
void leave_place(Record& record) {
  record.line = 0;
}

template <typename Record>
bool are_alike_elsewhere(std::span<const Record> all, std::span<const Record> others,
                         Renumbering& lines) {
  if (all.size() != others.size()) return false;
  for (size_t i = 0; i < all.size(); ++i) {
    std::array<Record, 2> both = {all[i], others[i]};
    lines.add(both[0].line, both[1].line);
    for (Record& each : both) leave_place(each);
    if (std::memcmp(&both[0], &both[1], sizeof(Record)) != 0) return false;
  }
  return true;
}

template <typename Record>
bool are_alike(std::span<const Record> all, std::span<const Record> others) {
  const auto bytes = std::as_bytes(all);
  const auto other_bytes = std::as_bytes(others);
  return bytes.size() == other_bytes.size() &&
         (bytes.empty() || std::memcmp(bytes.data(), other_bytes.data(), bytes.size()) == 0);
}

}  // namespace

bool FileFacts::says_the_same_elsewhere(const FileFacts& other) const {
  const bool has_no_places = cells().empty() && other.cells().empty() && syntax_faults().empty() &&
                             other.syntax_faults().empty() && suppressions().empty() &&
                             other.suppressions().empty();
  if (!has_no_places || dynamic_markers != other.dynamic_markers ||
      exports_state != other.exports_state || has_getattr != other.has_getattr) {
    return false;
  }
  Renumbering lines;
  return are_alike_elsewhere(imports(), other.imports(), lines) &&
         are_alike_elsewhere(bindings(), other.bindings(), lines) &&
         are_alike_elsewhere(string_references(), other.string_references(), lines) &&
         are_alike_elsewhere(string_uses(), other.string_uses(), lines) &&
         are_alike_elsewhere(attribute_reads(), other.attribute_reads(), lines) &&
         are_alike_elsewhere(path_edits(), other.path_edits(), lines) &&
         are_alike_elsewhere(version_requirements(), other.version_requirements(), lines) &&
         are_alike(imported_names(), other.imported_names()) && are_alike(stars(), other.stars()) &&
         are_alike(exports(), other.exports()) &&
         are_alike(run_conditions(), other.run_conditions()) &&
         are_alike(name_states(), other.name_states()) &&
         are_alike(part<uint32_t>(kNameEnds), other.part<uint32_t>(kNameEnds)) &&
         are_alike(part<char>(kNameText), other.part<char>(kNameText)) && lines.keeps_order();
}

void FileFacts::append_bytes(std::vector<std::byte>& out) const {
  const BytesHeader header = {content_hash, dynamic_markers, static_cast<uint8_t>(exports_state),
                              has_getattr, ends_};
  const auto bytes = std::as_bytes(std::span(&header, 1));
  out.insert(out.end(), bytes.begin(), bytes.end());
  out.insert(out.end(), block_.get(), block_.get() + ends_.back());
}

std::optional<FileFacts> FileFacts::from_bytes(std::span<const std::byte> bytes) {
  BytesHeader header;
  if (bytes.size() < sizeof header) return std::nullopt;
  std::memcpy(&header, bytes.data(), sizeof header);
  const auto block = bytes.subspan(sizeof header);
  uint32_t begin = 0;
  for (size_t i = 0; i < kPartCount; begin = header.ends[i++]) {
    if (header.ends[i] < begin || (header.ends[i] - begin) % kElementSizes[i] != 0) return {};
  }
  if (begin != block.size() || header.has_getattr > 1 ||
      header.exports_state > static_cast<uint8_t>(ExportsState::kDynamic)) {
    return std::nullopt;
  }
  FileFacts facts;
  facts.content_hash = header.content_hash;
  facts.dynamic_markers = header.dynamic_markers;
  facts.exports_state = static_cast<ExportsState>(header.exports_state);
  facts.has_getattr = header.has_getattr != 0;
  facts.ends_ = header.ends;
  facts.block_ = std::make_unique_for_overwrite<std::byte[]>(block.size());
  if (!block.empty()) std::memcpy(facts.block_.get(), block.data(), block.size());
  return facts;
}

uint64_t FileFacts::layout() {
  return XXH3_64bits_withSeed(kElementSizes.data(), sizeof kElementSizes,
                              std::endian::native == std::endian::little ? 0 : 1);
}

void FileFacts::decide(uint16_t version, Platforms platform) {
  auto* const imports = reinterpret_cast<Import*>(block_.get());
  for (const RunCondition& condition : run_conditions()) {
    if (!condition.window.is_decided_by(version, platform)) continue;
    Import& import = imports[condition.import];
    import.never_runs |= !condition.window.holds(version, platform);
    import.only_as_script = condition.window.only_as_script;
    if (condition.is_whole) import.guards &= static_cast<Guards>(~kGuardConditional);
  }
}

void FactsBuilder::set_state(NameId name, NameState state) {
  const auto at = static_cast<uint32_t>(name);
  if (at >= name_states.size()) name_states.resize(at + 1, NameState::kNone);
  name_states[at] = state;
}

FileFacts FactsBuilder::build() const {
  std::vector<Binding> placed(bindings.size());
  std::ranges::transform(bindings, placed.begin(), &PlacedBinding::binding);
  const std::array<std::span<const std::byte>, FileFacts::kPartCount> parts = {
      std::as_bytes(std::span(imports)),
      std::as_bytes(std::span(imported_names)),
      std::as_bytes(std::span(placed)),
      std::as_bytes(std::span(stars)),
      std::as_bytes(std::span(exports)),
      std::as_bytes(std::span(string_references)),
      std::as_bytes(std::span(string_uses)),
      std::as_bytes(std::span(attribute_reads)),
      std::as_bytes(std::span(path_edits)),
      std::as_bytes(std::span(syntax_faults)),
      std::as_bytes(std::span(version_requirements)),
      std::as_bytes(std::span(suppressions)),
      std::as_bytes(std::span(cells)),
      std::as_bytes(std::span(run_conditions)),
      std::as_bytes(names.ends()),
      std::as_bytes(std::span(name_states)),
      std::as_bytes(std::span(names.text()))};
  FileFacts facts;
  uint32_t size = 0;
  for (size_t i = 0; i < parts.size(); ++i) {
    size += static_cast<uint32_t>(parts[i].size());
    facts.ends_[i] = size;
  }
  facts.block_ = std::make_unique_for_overwrite<std::byte[]>(size);
  for (size_t i = 0, begin = 0; i < parts.size(); begin = facts.ends_[i++]) {
    if (!parts[i].empty())
      std::memcpy(facts.block_.get() + begin, parts[i].data(), parts[i].size());
  }
  facts.content_hash = content_hash;
  facts.dynamic_markers = dynamic_markers;
  facts.exports_state = exports_state;
  facts.has_getattr = has_getattr;
  return facts;
}

void FactsBuilder::clear() {
  names.clear();
  imports.clear();
  imported_names.clear();
  bindings.clear();
  stars.clear();
  exports.clear();
  string_references.clear();
  string_uses.clear();
  attribute_reads.clear();
  path_edits.clear();
  syntax_faults.clear();
  version_requirements.clear();
  suppressions.clear();
  cells.clear();
  run_conditions.clear();
  name_states.clear();
  dynamic_markers = 0;
  exports_state = ExportsState::kAbsent;
  has_getattr = false;
}

}  // namespace headwater
