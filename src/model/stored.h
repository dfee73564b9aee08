#pragma once

#include "base/bytes.h"
#include "model/entry_paths.h"
#include "model/outcome.h"
#include "model/resolved_tree.h"
#include "model/source_tree.h"

/// How what the stages make is kept from one run to the next. Read it only from bytes that have the
/// checksum of what was written.
namespace headwater {

void write_to(ByteWriter& to, const Error& error);
void read_from(ByteReader& from, Error& error);
void write_to(ByteWriter& to, const SourceFile& file);
void read_from(ByteReader& from, SourceFile& file);
void write_to(ByteWriter& to, const ListedFolder& folder);
void read_from(ByteReader& from, ListedFolder& folder);
void write_to(ByteWriter& to, const SourceTree& tree);
void read_from(ByteReader& from, SourceTree& tree);

void write_to(ByteWriter& to, const Module& module);
void read_from(ByteReader& from, Module& module);
void write_to(ByteWriter& to, const Wanted& wanted);
void read_from(ByteReader& from, Wanted& wanted);
void write_to(ByteWriter& to, const StringTarget& target);
void read_from(ByteReader& from, StringTarget& target);
/// Of a tree that reaches nothing installed.
void write_to(ByteWriter& to, const ResolvedTree& tree);
void read_from(ByteReader& from, ResolvedTree& tree);

void write_to(ByteWriter& to, const EntryFolder& folder);
void read_from(ByteReader& from, EntryFolder& folder);
void write_to(ByteWriter& to, const EntryPath& path);
void read_from(ByteReader& from, EntryPath& path);
void write_to(ByteWriter& to, const WrittenFolder& written);
void read_from(ByteReader& from, WrittenFolder& written);
void write_to(ByteWriter& to, const EntryPaths& paths);
void read_from(ByteReader& from, EntryPaths& paths);

void write_to(ByteWriter& to, const CycleRepair& repair);
void read_from(ByteReader& from, CycleRepair& repair);
void write_to(ByteWriter& to, const ImportCause& cause);
void read_from(ByteReader& from, ImportCause& cause);
void write_to(ByteWriter& to, const ModuleOutcome& outcome);
void read_from(ByteReader& from, ModuleOutcome& outcome);
void write_to(ByteWriter& to, const OutcomeTable& table);
void read_from(ByteReader& from, OutcomeTable& table);

}  // namespace headwater
