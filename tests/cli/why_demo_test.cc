// Every line of every file that the demonstration exports: what `why` says of it is compared with the store,
// read by other code than the program's (store_reader.h), and with the snapshots' bytes.

#include <algorithm>
#include <filesystem>
#include <map>
#include <sstream>

#include "tests/cli/reviewed_demo.h"
#include "tests/cli/store_reader.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream{text};
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// Letters, digits and whatever is not ASCII.
std::string letters_and_digits(const std::string& text) {
  std::string words;
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80) words += c;
  }
  return words;
}

struct StoredRevision {
  std::string id;
  int number = 0;
  std::string author;
  std::string author_kind;
  std::string at;
  std::string text;
};

// An entry with all its texts, as the store has them.
struct StoredEntry {
  std::string path;
  std::vector<StoredRevision> revisions;  // 1 comes first

  StoredEntry(const StoreReader& store, const std::string& file) {
    const auto entry =
        store.row("SELECT id, path, current_revision_id AS current FROM entry WHERE file = ?", {file});
    path = entry.at("path").empty() ? "_index" : entry.at("path");
    for (const auto& row : store.rows("SELECT id, number, author, author_kind, body_sha256, "
                                      "strftime('%Y-%m-%dT%H:%M:%SZ', created_at / 1000, 'unixepoch') AS at "
                                      "FROM revision WHERE entry_id = ? ORDER BY number",
                                      {entry.at("id")})) {
      revisions.push_back({row.at("id"), std::stoi(row.at("number")), row.at("author"), row.at("author_kind"),
                           row.at("at"), store.bytes(row.at("body_sha256"))});
      CHECK(revisions.back().number == static_cast<int>(revisions.size()));
    }
    CHECK(revisions.back().id == entry.at("current"));
  }
};

// The changes that were approved in a revision: those that are still, and those whose approval was taken
// back.
std::vector<StoreReader::Row> list_approvals(const StoreReader& store, const std::string& revision_id,
                                           bool still) {
  return store.rows(
      "SELECT id, kind, reason, (SELECT verdict FROM decision WHERE change_id = change.id ORDER BY "
      "decision.id DESC LIMIT 1) AS verdict, (SELECT decided_by FROM decision WHERE change_id = change.id "
      "ORDER BY decision.id DESC LIMIT 1) AS decided_by FROM approval JOIN change ON change.id = "
      "approval.change_id WHERE approval.revision_id = ? AND state " +
          std::string{still ? "=" : "<>"} + " 'approved' ORDER BY id",
      {revision_id});
}

bool has_line(const std::string& text, const std::string& words) {
  const auto lines = lines_of(text);
  return std::any_of(lines.begin(), lines.end(),
                     [&](const std::string& line) { return trimmed(line) == words; });
}

std::size_t count_occurrences(const std::string& text, const std::string& words) {
  std::size_t times = 0;
  for (std::size_t at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) ++times;
  return times;
}

// The revision that brought words: since then every text has them. Where no approved change stands behind it,
// it put back what an earlier one had brought.
template <typename Holds>
int introducing_revision(const StoreReader& store, const StoredEntry& entry, Holds holds) {
  std::size_t at = entry.revisions.size();
  REQUIRE(holds(entry.revisions[at - 1].text));
  for (;;) {
    while (at > 1 && holds(entry.revisions[at - 2].text)) --at;
    const std::size_t brought = at;
    const std::string& id = entry.revisions[brought - 1].id;
    if (!list_approvals(store, id, true).empty() || !list_approvals(store, id, false).empty())
      return static_cast<int>(brought);
    while (at > 1 && !holds(entry.revisions[at - 2].text)) --at;
    if (at == 1) return static_cast<int>(brought);
    --at;
  }
}

// How often each kind of answer was given, so that none goes untested.
using Counts = std::map<std::string, int>;

class Auditor {
 public:
  Auditor(const StoreReader& store, const StoredEntry& entry, const std::string& text, Counts& counts)
      : store_(store), entry_(entry), text_(text), lines_(lines_of(text)), counts_(counts) {}

  // What `why ENTRY:LINE --json` says of a line, from 1.
  void check_line(std::size_t number, const json& said) {
    const std::string& line = lines_.at(number - 1);
    CHECK(said["entry"] == (entry_.path == "_index" ? "" : entry_.path));
    REQUIRE(said["blocks"].size() == 1);
    const json& block = said["blocks"][0];
    const std::size_t first = block["first_line"];
    const std::size_t last = block["last_line"];
    REQUIRE((first <= number && number <= last && last <= lines_.size()));
    std::string of_block;
    for (std::size_t i = first; i <= last; ++i) of_block += lines_[i - 1] + "\n";
    CHECK(block["text"] == of_block);

    REQUIRE_FALSE(block["parts"].empty());
    std::string told;
    for (const json& part : block["parts"]) {
      check_part(part, line);
      told += part["text"].get<std::string>();
    }
    // Nothing of the line is passed over.
    CHECK(letters_and_digits(told).find(letters_and_digits(line)) != std::string::npos);
  }

 private:
  void check_part(const json& part, const std::string& line) {
    const std::string words = part["text"];
    INFO("part: " << part.dump(2));
    const auto revision = static_cast<std::size_t>(part["revision"].get<int>());
    REQUIRE((revision >= 1 && revision <= entry_.revisions.size()));
    const StoredRevision& stored = entry_.revisions[revision - 1];
    check_revision(words, line, static_cast<int>(revision));
    CHECK(part["author"] == stored.author);
    CHECK(part["author_kind"] == stored.author_kind);
    CHECK(part["at"] == stored.at);

    const auto taken_back = list_approvals(store_, stored.id, false);
    REQUIRE(part["taken_back"].size() == taken_back.size());
    for (std::size_t i = 0; i < taken_back.size(); ++i) {
      CHECK(std::to_string(part["taken_back"][i]["id"].get<int>()) == taken_back[i].at("id"));
      CHECK(taken_back[i].at("verdict") == "undo");
      CHECK(part["taken_back"][i]["by"] == taken_back[i].at("decided_by"));
    }
    const auto changes = list_approvals(store_, stored.id, true);
    REQUIRE(part["changes"].size() == changes.size());
    std::size_t quotes = 0;
    bool edited = false;
    for (std::size_t i = 0; i < changes.size(); ++i) {
      const json& change = part["changes"][i];
      CHECK(std::to_string(change["id"].get<int>()) == changes[i].at("id"));
      CHECK(change["kind"] == changes[i].at("kind"));
      CHECK(change["reason"] == changes[i].at("reason"));
      CHECK(changes[i].at("decided_by") == stored.author);
      edited = edited || changes[i].at("verdict") == "edit";
      // What holds no words is quoted from nowhere.
      if (letters_and_digits(words).empty()) {
        CHECK(change["quotes"].empty());
      } else {
        quotes += check_quotes(change);
      }
    }
    CHECK(part["edited"] == edited);
    const std::string rests_on = quotes > 0                       ? "quotes"
                                 : !taken_back.empty()            ? "taken_back"
                                 : stored.author_kind == "import" ? "no_recorded_source"
                                                                  : stored.author_kind;
    CHECK(part["rests_on"] == rests_on);
    CHECK((rests_on == "quotes" || rests_on == "no_recorded_source" || rests_on == "person" ||
           rests_on == "policy" || rests_on == "taken_back"));
    ++counts_[letters_and_digits(words).empty() ? "no words" : rests_on];
    if (edited) ++counts_["edited"];
    if (!part["here_since"].is_null()) ++counts_["put back"];
    if (quotes > 0 && stored.author_kind == "policy") ++counts_["quotes, approved by a policy"];
    check_is_quoted(part, words);
  }

  // Words that stand once in the text are followed through all texts; of others (an attribution under each
  // quote) the bounds are known.
  void check_revision(const std::string& words, const std::string& line, int revision) {
    const bool is_line = words == trimmed(line);
    const auto has_words = [&](const std::string& text) {
      return is_line ? has_line(text, words) : text.find(words) != std::string::npos;
    };
    const int oldest = introducing_revision(store_, entry_, has_words);
    if (!words.empty() && count_occurrences(text_, words) == 1) {
      CHECK(revision == oldest);
      ++counts_["followed through the revisions"];
      return;
    }
    CHECK(revision >= oldest);
    if (!is_line && text_.find(line) != std::string::npos) {
      const auto has_its_line = [&](const std::string& text) { return has_line(text, trimmed(line)); };
      CHECK(revision <= introducing_revision(store_, entry_, has_its_line));
    }
  }

  std::size_t check_quotes(const json& change) {
    const auto citations = store_.rows(
        "SELECT citation.snapshot_id, begin_byte, end_byte, quote, role, text_sha256, address "
        "FROM citation JOIN snapshot ON snapshot.id = snapshot_id JOIN document ON document.id = document_id "
        "WHERE change_id = ? ORDER BY citation.id",
        {std::to_string(change["id"].get<int>())});
    REQUIRE(change["quotes"].size() == citations.size());
    for (std::size_t i = 0; i < citations.size(); ++i) {
      const json& quote = change["quotes"][i];
      const StoreReader::Row& citation = citations[i];
      CHECK(std::to_string(quote["snapshot"].get<int>()) == citation.at("snapshot_id"));
      CHECK(quote["snapshot_sha256"] == citation.at("text_sha256"));
      CHECK(quote["role"] == citation.at("role"));
      CHECK(quote["address"] == citation.at("address"));
      const std::size_t begin = quote["begin_byte"];
      const std::size_t end = quote["end_byte"];
      const std::string snapshot = store_.bytes(citation.at("text_sha256"));
      REQUIRE((begin < end && end <= snapshot.size()));
      CHECK(snapshot.substr(begin, end - begin) == quote["quote"].get<std::string>());
    }
    return citations.size();
  }

  // What the drafter puts between quotation marks are the words of one of the quotes, if nobody worked on it.
  void check_is_quoted(const json& part, const std::string& words) {
    const std::string opening = "“";
    const std::size_t begin = words.find(opening);
    const std::size_t end = words.rfind("”");
    if (part["rests_on"] != "quotes" || part["edited"] == true || begin == std::string::npos ||
        end == std::string::npos)
      return;
    const std::string quoted = words.substr(begin + opening.size(), end - begin - opening.size());
    bool found = false;
    for (const json& change : part["changes"]) {
      for (const json& quote : change["quotes"])
        found = found || letters_and_digits(quote["quote"]).find(letters_and_digits(quoted)) != std::string::npos;
    }
    CHECK(found);
    ++counts_["the source's own words"];
  }

  const StoreReader& store_;
  const StoredEntry& entry_;
  const std::string& text_;
  const std::vector<std::string> lines_;
  Counts& counts_;
};

// What people are told of a line says the same as what scripts are told.
void check_description(const std::string& said, const json& block) {
  INFO(said);
  for (const json& part : block["parts"]) {
    const std::string date = part["at"].get<std::string>().substr(0, 10);
    const std::string revision =
        "(revision " + std::to_string(part["revision"].get<int>()) + ", " + date + ")";
    const std::string author = part["author"];
    std::string came_with;
    for (const json& change : part["taken_back"]) {
      came_with += (came_with.empty() ? "came with change " : " and change ") +
                   std::to_string(change["id"].get<int>()) + ", taken back by " +
                   change["by"].get<std::string>() + " on " + change["at"].get<std::string>().substr(0, 10);
    }
    const std::string who = part["author_kind"] == "import"   ? "no recorded source: imported "
                            : part["edited"] == true          ? "edited and approved by " + author + " "
                            : !part["changes"].empty()        ? "approved by " + author + " "
                            : !came_with.empty()              ? came_with + ", approved by " + author + " "
                            : part["author_kind"] == "policy" ? "made by " + author + " "
                                                              : "written by " + author + " ";
    CHECK(said.find(who + revision) != std::string::npos);
    if (letters_and_digits(part["text"]).empty()) CHECK(said.find("(no words)") != std::string::npos);
    for (const json& change : part["changes"]) {
      for (const json& quote : change["quotes"]) {
        CHECK(said.find("quoted \"" + quote["quote"].get<std::string>() + "\"") != std::string::npos);
        CHECK(said.find(quote["address"].get<std::string>()) != std::string::npos);
      }
    }
  }
}

std::vector<std::string> exported_files(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& file : fs::recursive_directory_iterator{folder}) {
    if (file.path().extension() == ".md") files.push_back(fs::relative(file.path(), folder).generic_string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

TEST_CASE("of every line of every file of the demonstration why says what the store and the snapshots say") {
  ReviewedDemo reviewed;
  Demonstration& demo = reviewed.demo;
  const StoreReader store{demo.kb()};
  Counts counts;
  const auto files = exported_files(demo.research());
  CHECK(files.size() == store.rows("SELECT 1 FROM entry WHERE state = 'published'").size());
  for (const std::string& file : files) {
    INFO(file);
    const std::string text = read_file(demo.research() + "/" + file);
    const StoredEntry entry{store, file};
    REQUIRE(text == entry.revisions.back().text);
    Auditor auditor{store, entry, text, counts};
    json with_words = json::array();
    const std::size_t lines = lines_of(text).size();
    for (std::size_t line = 1; line <= lines; ++line) {
      const std::string place = entry.path + ":" + std::to_string(line);
      INFO(place << " " << lines_of(text)[line - 1]);
      const json said = demo.json({"why", place});
      auditor.check_line(line, said);
      check_description(demo.run_ok({"why", place}), said["blocks"][0]);
      for (const json& part : said["blocks"][0]["parts"]) {
        const bool is_repeated = !with_words.empty() && with_words.back() == part;
        if (part["line"] == line && !letters_and_digits(part["text"]).empty() && !is_repeated)
          with_words.push_back(part);
      }
    }
    CHECK(reviewed.program.run({"why", entry.path + ":" + std::to_string(lines + 1), "--kb", demo.kb()})
              .exit_code == 1);
    // The whole entry at once, by the program as it is installed, says the same in the same order.
    const auto whole = run_stubkeeper({"why", entry.path, "--json", "--kb", demo.kb()});
    REQUIRE(whole.exit_code == 0);
    json all = json::array();
    const json told = json::parse(whole.out);
    for (const json& block : told["blocks"]) {
      for (const json& part : block["parts"]) all.push_back(part);
    }
    CHECK(all == with_words);
  }
  for (const char* answer :
       {"quotes", "person", "policy", "no_recorded_source", "no words", "edited", "put back", "taken_back",
        "quotes, approved by a policy", "the source's own words"}) {
    INFO(answer);
    CHECK(counts[answer] > 0);
  }
  CHECK(counts["followed through the revisions"] > 150);
}
