#include "tests/data/real_tasks.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "crawler/content.h"
#include "crawler/passages.h"
#include "cron/document_processor.h"
#include "entries/subject_index.h"
#include "kb/entries/entry_store.h"
#include "kb/entries/steering.h"
#include "kb/export/section_import.h"
#include "kb/review/proposals.h"
#include "kb/runs/runs.h"
#include "kb/sources/sources.h"
#include "review/task.h"
#include "tests/data/gunzip.h"

namespace stubkeeper::testing {
namespace {

namespace fs = std::filesystem;

// The day on which the real section stood as it does.
constexpr const char* now_text = "2026-06-29T12:00:00Z";

// A clock that stands still.
class FixedClock final : public Clock {
 public:
  Timestamp now() const override { return *parse_rfc3339(now_text); }
};

// Behind the paragraph in the middle of the page, which is likely to be of its main text.
std::string inject_html(std::string html, const std::string& addition) {
  if (addition.empty()) return html;
  constexpr std::string_view end = "</p>";
  std::vector<std::size_t> paragraphs;
  for (std::size_t at = html.find(end); at != std::string::npos; at = html.find(end, at + 1))
    paragraphs.push_back(at + end.size());
  html.insert(paragraphs.empty() ? html.size() : paragraphs[paragraphs.size() / 2], addition);
  return html;
}

// The text without these of its passages.
std::string remove_passages(const std::string& text, const std::vector<std::size_t>& left_out) {
  std::string rest;
  const auto ranges = crawler::split_passages(text);
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    if (std::find(left_out.begin(), left_out.end(), i) != left_out.end()) continue;
    rest += (rest.empty() ? "" : "\n\n") + text.substr(ranges[i].begin, ranges[i].end - ranges[i].begin);
  }
  return rest;
}

}  // namespace

RealTasks::RealTasks(std::string data, std::unique_ptr<kb::Store> store)
    : data_(std::move(data)), store_(std::move(store)) {}

Result<std::unique_ptr<RealTasks>> RealTasks::open(const std::string& data) {
  STUBKEEPER_ASSIGN(auto store, kb::Store::in_memory());
  DiskFileSystem files;
  STUBKEEPER_ASSIGN(
      [[maybe_unused]] const auto report,
      kb::import_section(*store, files, data + "/research-section", "owner", *parse_rfc3339(now_text)));
  STUBKEEPER_ASSIGN(const auto all, kb::EntryStore{*store}.list());
  std::unique_ptr<RealTasks> tasks{new RealTasks{data, std::move(store)}};
  tasks->related_ = std::make_unique<const review::RelatedEntries>(all);
  return tasks;
}

Result<RealTasks::PreparedTask> RealTasks::make(const RealTaskName& name) const {
  Result<PreparedTask> made = Error{ErrorCode::internal, "no task", "", ""};
  // Whatever comes of it, the store is as it was.
  const Status undone = store_->run_in_transaction([&]() -> Status {
    made = make_in_transaction(name);
    return Error{ErrorCode::internal, "taken back", "", ""};
  });
  return made;
}

Result<RealTasks::PreparedTask> RealTasks::make_in_transaction(const RealTaskName& name) const {
  std::ifstream truth_file{data_ + "/pages/wcxb/ground-truth/" + name.page + ".json"};
  const auto truth = nlohmann::json::parse(truth_file, nullptr, false);
  if (!truth.is_object()) return Error{ErrorCode::not_found, "no such page", name.page, ""};
  const std::string address = truth["url"].get<std::string>();
  STUBKEEPER_ASSIGN(const std::string bytes, html(name.page));
  const std::string body = inject_html(bytes, name.injected_html);
  STUBKEEPER_ASSIGN(auto content, crawler::parse_page(body, "text/html", address));

  const FixedClock clock;
  const Timestamp now = clock.now();
  kb::EntryStore entries{*store_};
  STUBKEEPER_ASSIGN(const auto entry, entries.find(name.entry));
  if (!entry) return Error{ErrorCode::not_found, "no such entry", name.entry, ""};
  kb::Sources sources{*store_};
  STUBKEEPER_ASSIGN(const auto source, sources.add("page", address, "", now));
  STUBKEEPER_TRY(sources.link_to_entry(source, entry->id));
  STUBKEEPER_ASSIGN(const auto run, kb::Runs{*store_}.begin("test", now));
  const entries::SubjectIndex nobody;
  const auto process = [&](const crawler::Content& read, const std::string& bytes) {
    crawler::FetchResponse response;
    response.content_type = "text/html";
    response.body = bytes;
    const std::function<bool()> keep_going = [] { return true; };
    return cron::DocumentProcessor{*store_, keep_going, nobody, source, run, now, response}.process(
        {address, address, address, read});
  };
  kb::Proposals proposals{*store_};
  if (!name.new_passages.empty()) {
    crawler::Content before = content;
    before.text = remove_passages(content.text, name.new_passages);
    STUBKEEPER_TRY(process(before, "before"));
    STUBKEEPER_ASSIGN(const auto drafted, proposals.waiting_for_draft(entry->id));
    STUBKEEPER_ASSIGN(
        [[maybe_unused]] const auto none,
        proposals.propose(run, entry->id, entry->current_revision_id, "test", now, drafted, {}));
  }
  STUBKEEPER_TRY(process(content, body));
  STUBKEEPER_ASSIGN(const auto waiting, proposals.waiting_for_draft(entry->id));
  PreparedTask made;
  STUBKEEPER_ASSIGN(made.task, review::build_draft_task(*store_, clock, *entry, waiting, *related_));
  made.page_text = content.text;
  STUBKEEPER_ASSIGN(made.entry_bytes, entries.current_bytes(*entry));
  for (const llm::SteeringRule& rule : made.task.steering)
    made.steering_bytes += rule.heading.size() + rule.text.size();
  return made;
}

std::vector<std::pair<std::string, std::size_t>> RealTasks::entries_with_sources() const {
  std::vector<std::pair<std::string, std::size_t>> found;
  const auto all = kb::EntryStore{*store_}.list();
  if (!all.ok()) return found;
  for (const kb::Entry& entry : *all) {
    if (entry.kind != kb::EntryKind::entry) continue;
    const auto sources = kb::Sources{*store_}.of_entry(entry.id);
    if (sources.ok()) found.emplace_back(entry.path, sources->size());
  }
  return found;
}

std::vector<std::string> RealTasks::pages() const {
  std::vector<std::string> names;
  for (const auto& file : fs::directory_iterator{data_ + "/pages/wcxb/html"})
    names.push_back(file.path().filename().string().substr(0, 4));
  std::sort(names.begin(), names.end());
  return names;
}

Result<std::string> RealTasks::html(const std::string& page) const {
  std::string bytes = gunzip(data_ + "/pages/wcxb/html/" + page + ".html.gz");
  if (bytes.empty()) return Error{ErrorCode::not_found, "no such page", page, ""};
  return bytes;
}

Result<std::string> RealTasks::text(const std::string& page) const {
  STUBKEEPER_ASSIGN(const std::string bytes, html(page));
  STUBKEEPER_ASSIGN(auto content, crawler::parse_page(bytes, "text/html", "https://example.org/" + page));
  return std::move(content.text);
}

}  // namespace stubkeeper::testing
