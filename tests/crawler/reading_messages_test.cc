#include "crawler/reading/reading_messages.h"

#include "tests/support/catch.h"
#include "tests/support/ok.h"

using namespace stubkeeper;
using namespace stubkeeper::crawler;
using namespace stubkeeper::testing;

namespace {

Result<Document> decode_page(const std::string& answer) {
  return decode_answer(answer, ContentKind::page);
}

Content content_of(const std::string& answer) {
  return std::get<Content>(ok(decode_page(answer)));
}

}  // namespace

TEST_CASE("a request comes back with every byte of its document") {
  std::string bytes = "<p>\xFF and";
  bytes += '\0';
  const auto request =
      decode_request(encode_request({ContentKind::page, bytes, "text/html", "https://example.org/a"}));
  REQUIRE(request);
  CHECK(request->kind == ContentKind::page);
  CHECK(request->bytes == bytes);
  CHECK(request->content_type == "text/html");
  CHECK(request->address == "https://example.org/a");
  CHECK_FALSE(decode_request("no request"));
}

TEST_CASE("content comes back as it was, field by field") {
  Content content;
  content.title = "Pumpwerk \"opens\" — Graz";
  content.author = "Mara Quill";
  content.published = "2026-05-07T09:30:00Z";
  content.modified = "2026-05";
  content.language = "de-CH";
  content.site_name = "Example";
  content.canonical_url = "https://example.org/a";
  content.text = "# One\n\nTwo\n\n\f\n\nThree";
  content.non_content = NonContentKind::paywall;
  content.pages = 3;
  content.pages_without_text = {2, 3};
  const Content back =
      std::get<Content>(ok(decode_answer(encode_answer(Document{content}), ContentKind::pdf)));
  CHECK(back.title == content.title);
  CHECK(back.author == content.author);
  CHECK(back.published == content.published);
  CHECK(back.modified == content.modified);
  CHECK(back.language == content.language);
  CHECK(back.site_name == content.site_name);
  CHECK(back.canonical_url == content.canonical_url);
  CHECK(back.text == content.text);
  CHECK(back.non_content == content.non_content);
  CHECK(back.pages == content.pages);
  CHECK(back.pages_without_text == content.pages_without_text);
}

TEST_CASE("a feed and a sitemap come back with their items") {
  Feed feed;
  feed.format = "rss 2.0";
  feed.title = "News";
  feed.revisit = {90, 0x00800001U, 0x41U};
  feed.items.push_back(
      {"id-1", "https://example.org/1", "One", "Mara", "2026-05-07", "2026-05-08", "short", "long"});
  feed.items.push_back({});
  const Feed back = std::get<Feed>(ok(decode_answer(encode_answer(Document{feed}), ContentKind::feed)));
  CHECK(back.format == feed.format);
  CHECK(back.revisit == feed.revisit);
  REQUIRE(back.items.size() == 2);
  CHECK(back.items[0].id == "id-1");
  CHECK(back.items[0].url == "https://example.org/1");
  CHECK(back.items[0].updated == "2026-05-08");
  CHECK(back.items[0].content == "long");
  Sitemap map;
  map.is_index = true;
  map.items = feed.items;
  const Sitemap map_back =
      std::get<Sitemap>(ok(decode_answer(encode_answer(Document{map}), ContentKind::sitemap)));
  CHECK(map_back.is_index);
  CHECK(map_back.items.size() == 2);
}

TEST_CASE("a reader's error comes back in its own words") {
  const Error error{ErrorCode::unsupported, "needs a password", "a.pdf", "take another copy"};
  const auto back = decode_page(encode_answer(error));
  REQUIRE_FALSE(back.ok());
  CHECK(back.error().code == error.code);
  CHECK(back.error().message == error.message);
  CHECK(back.error().where == error.where);
  CHECK(back.error().advice == error.advice);
}

TEST_CASE("an answer that is none says nothing of the document") {
  for (const std::string& answer :
       {std::string{}, std::string{"[]"}, std::string{"{\"title\":"}, std::string{"\xFF\xFE"},
        std::string(1'000'000, '['), "{\"items\":" + std::string(100'000, '{')}) {
    const auto back = decode_page(answer);
    REQUIRE_FALSE(back.ok());
    CHECK(is_reader_failure(back.error()));
  }
}

TEST_CASE("an answer of millions of values is refused before it is parsed") {
  std::string answer = "{\"pages_without_text\":[0";
  for (int i = 0; i < 2'000'001; ++i) answer += ",0";
  CHECK_FALSE(decode_page(answer + "]}").ok());
}

TEST_CASE("what a reader may not say is dropped from its answer") {
  const Content content = content_of(
      R"({"title":["no text"],"published":"<b>now</b>","modified":"2026-05-07","pages":2,"pages_without_text":[0,2,3,"4"],)"
      R"("non_content":"unheard-of","text":"a\u0000b"})");
  CHECK(content.title.empty());
  CHECK(content.published.empty());
  CHECK(content.modified == "2026-05-07");
  CHECK(content.pages_without_text == std::vector<int>{2});
  CHECK(content.non_content == NonContentKind::none);
  CHECK(content.text ==
        "a\xEF\xBF\xBD"
        "b");
  CHECK(content_of(R"({"pages":-7})").pages == 0);
}

TEST_CASE("an error that would be this program's own is none when a reader claims it") {
  const auto back =
      decode_page(R"({"error":{"code":"io","message":")" + std::string(5'000, 'x') + R"( y"}})");
  REQUIRE_FALSE(back.ok());
  CHECK(back.error().code == ErrorCode::invalid_argument);
  CHECK(back.error().message.size() < 1'000);
}
