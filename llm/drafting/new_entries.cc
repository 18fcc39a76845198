#include <algorithm>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "entries/block_ids.h"
#include "entries/entry_path.h"
#include "entries/front_matter.h"
#include "entries/markdown_escape.h"
#include "entries/page_templates.h"
#include "llm/drafting/drafting_request.h"
#include "llm/drafting/raw_change.h"

namespace stubkeeper::llm {
namespace {

constexpr std::size_t max_title_length = 80;

// The folder in which entries beside the task are: a section's own, else the one that holds the entry.
std::string entries_folder(const Task& task) {
  const auto& conventions = *task.entry.conventions;
  const bool is_section = entries::is_section_file(task.entry.file) &&
                          conventions.types.type_of(task.entry.file, task.entry.document).name == "section";
  if (is_section) return task.entry_path;
  return std::string{parent_folder(task.entry_path)};
}

bool is_existing_entry(const Task& task, const std::string& title, const std::string& path) {
  const auto same = [&](const std::string& other_title, const std::string& other_path) {
    return equals_ignoring_case(other_title, title) || other_path == path;
  };
  return same(task.entry_title, task.entry_path) ||
         std::any_of(task.related.begin(), task.related.end(),
                     [&](const RelatedEntry& entry) { return same(entry.title, entry.path); });
}

}  // namespace

std::optional<DraftedEntry> make_new_entry(const Task& task, const RawChange& raw) {
  DraftedEntry entry;
  entry.title = sanitize_for_terminal(trim_ascii(raw.name));
  const std::string sentence = entries::escape_markdown(trim_ascii(raw.text));
  const auto types = new_entry_types(task);
  const std::string type = ascii_lower(trim_ascii(raw.label));
  const entries::Conventions& conventions = *task.entry.conventions;
  const std::string name = entries::make_slug(conventions.publishers, entry.title);
  const bool usable = !entry.title.empty() && utf8_length(entry.title) <= max_title_length && !name.empty() &&
                      !sentence.empty() && contains(types, type);
  if (!usable) return std::nullopt;
  const std::string folder = entries_folder(task);
  entry.path = folder.empty() ? name : folder + "/" + name;
  if (is_existing_entry(task, entry.title, entry.path)) return std::nullopt;

  std::string page = entries::render_stub_page(conventions, {entry.title, entry.path, task.today});
  auto typed = entries::set_scalar(page, "entry_type", type, entries::ScalarStyle::quoted_string);
  if (typed.ok()) page = *std::move(typed);
  int next = 0;
  entry.stub = entries::assign_new_ids(entries::Document::parse(std::move(page)),
                                       [&] { return "b1-" + std::to_string(++next); });
  entry.stub.file = entry.path + ".md";
  entry.stub.conventions = &conventions;

  entry.change = make_change_without_edit(raw);
  entry.change.kind = "new entry";
  entry.change.edit.kind = entries::EditKind::add_to_part;
  entry.change.edit.part = "Summary";
  entry.change.edit.text = sentence + source_links(task, raw.quotes);
  return entry;
}

}  // namespace stubkeeper::llm
