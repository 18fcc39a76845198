#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "crawler/fetcher.h"
#include "cron/refresh.h"
#include "kb/entries/entry_store.h"
#include "kb/sources/sources.h"
#include "llm/extractive_drafter.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/ok.h"
#include "tests/support/silent_progress.h"

namespace stubkeeper::testing {

// A web of answers by address.
class FakeFetcher final : public crawler::Fetcher {
 public:
  void fetch(std::vector<crawler::FetchRequest> requests,
             const std::function<void(crawler::FetchResponse)>& on_response,
             const std::function<bool()>& keep_going) override {
    for (const crawler::FetchRequest& request : requests) {
      crawler::FetchResponse response;
      response.tag = request.tag;
      response.final_address = request.address;
      if (!keep_going()) {
        response.error = Error{ErrorCode::busy, "stopped", "", ""};
        on_response(std::move(response));
        continue;
      }
      asked.push_back(request);
      const auto page = pages.find(request.address);
      if (page == pages.end()) {
        response.http_status = 404;
        response.error = Error{ErrorCode::network, "answered 404", request.address, ""};
      } else if (request.etag == page->second) {
        response.outcome = crawler::FetchOutcome::not_modified;
        response.http_status = 304;
      } else {
        response.outcome = crawler::FetchOutcome::ok;
        response.http_status = 200;
        response.content_type = "text/html";
        response.etag = page->second;
        response.body = page->second;
      }
      on_response(std::move(response));
    }
  }

  std::map<std::string, std::string> pages;
  std::vector<crawler::FetchRequest> asked;
};

inline std::string page(const std::string& text) {
  return "<title>Pumpwerk</title><meta property=article:published_time content=2026-05-07><main>" + text +
         "</main>";
}

inline const std::string first = "<p>Pumpwerk is a maker of pumps in Basel with 120 employees.</p>";
inline const std::string news = "<p>Pumpwerk opened a works in Graz with 40 people on 3 November 2026.</p>";

struct RefreshFixture {
  std::unique_ptr<kb::Store> store = ok(kb::Store::in_memory());
  FakeFetcher fetcher;
  FakeClock clock{"2026-11-23T10:00:00Z"};
  config::Configuration configuration;
  crawler::DirectReader reader;
  llm::ExtractiveDrafter drafter;
  SilentProgress progress;
  bool keep_going = true;

  kb::Id add_source(const std::string& address, kb::Id entry = 0) {
    const kb::Id id = ok(kb::Sources{*store}.add("page", address, "", clock.now()));
    if (entry != 0) REQUIRE(kb::Sources{*store}.link_to_entry(id, entry).ok());
    return id;
  }
  kb::Id add_entry(const std::string& path, const std::string& title,
                   kb::EntryState state = kb::EntryState::stub, const std::string& bytes = "") {
    return ok(kb::EntryStore{*store}.add(
                  {path, path + ".md", kb::EntryKind::entry, title, state,
                   bytes.empty() ? "---\ntitle: \"" + title + "\"\nlast_reviewed: 2026-11-01\n---\n" : bytes},
                  kb::AuthorKind::person, "jane", clock.now(), ""))
        .id;
  }
  cron::RefreshReport run(const cron::RefreshOptions& options = {}) {
    const cron::RunContext context{*store, fetcher,       reader,   drafter,
                                   clock,  configuration, progress, [this] { return keep_going; }};
    return ok(cron::refresh(context, options));
  }
};

}  // namespace stubkeeper::testing
