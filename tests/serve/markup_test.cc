// Text from outside in pages: it is text, whatever it is.

#include "base/secrets.h"
#include "cli/serve/access.h"
#include "cli/serve/http_message.h"
#include "cli/serve/markdown_renderer.h"
#include "cli/serve/markup.h"
#include "cli/serve/page_layout.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::cli;

namespace {

std::string rendered(const std::string& markdown) {
  return render_markdown(markdown, 2, {}).text();
}

// Of the usual collections (OWASP's and PortSwigger's cheat sheets), chosen and written down by hand.
const std::vector<std::string> hostile{
    R"x(<script>alert(1)</script>)x",
    R"x("><script>alert(1)</script>)x",
    R"x('><img src=x onerror=alert(1)>)x",
    R"x(<svg/onload=alert(1)>)x",
    R"x(</title><script>alert(1)</script>)x",
    R"x(</textarea><script>alert(1)</script>)x",
    R"x(<iframe srcdoc="<script>alert(1)</script>">)x",
    R"x(" onmouseover="alert(1)" x=")x",
    R"x(<a href="javascript:alert(1)">x</a>)x",
    R"x([x](javascript:alert(1)))x",
    R"x([x](JaVaScRiPt:alert(1)))x",
    R"x([x](java&#x09;script:alert(1)))x",
    R"x([x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==))x",
    R"x([x](vbscript:msgbox(1)))x",
    R"x(![x](https://evil.example/track.gif))x",
    R"x(![x](x" onerror="alert(1)))x",
    R"x(<javascript:alert(1)>)x",
    R"x([x]: javascript:alert(1)

[x])x",
    R"x(<math><mtext></mtext><script>alert(1)</script></math>)x",
    R"x(<!--><script>alert(1)</script>-->)x",
    R"x({{< raw "<script>alert(1)</script>" >}})x",
    R"x({{% html %}}<script>alert(1)</script>{{% /html %}})x",
    R"x(`<script>alert(1)</script>`)x",
    "```\n<script>alert(1)</script>\n```",
    R"x(| <script>alert(1)</script> | [x](javascript:alert(1)) |
| - | - |
| <img src=x onerror=alert(1)> | ![x](https://evil.example/y) |)x",
    R"x(text[^1]

[^1]: <script>alert(1)</script>)x",
    R"x(<https://example.org/"onmouseover="alert(1)>)x",
    R"x(https://example.org/?"><script>alert(1)</script>)x",
};

}  // namespace

TEST_CASE("a text in a template can end neither a tag nor an attribute") {
  for (const std::string& text : hostile) {
    INFO(text);
    const std::string page = html(R"(<p title="{}">{}</p>)", text, text).text();
    const std::string inner = page.substr(10, page.size() - 14);
    CHECK(inner.find('<') == std::string::npos);
    CHECK(inner.find('\'') == std::string::npos);
    // The attribute's own end, and nothing more.
    CHECK(std::count(inner.begin(), inner.end(), '"') == 1);
    CHECK(std::count(inner.begin(), inner.end(), '>') == 1);
  }
}

TEST_CASE("control characters bidirectional overrides and broken bytes show as what they are") {
  CHECK(escape_html("a\x1b[31mb") == "a\xEF\xBF\xBD[31mb");
  CHECK(escape_html("a\xE2\x80\xAE"
                "b") ==
        "a\xEF\xBF\xBD"
        "b");
  CHECK(escape_html("a\xff"
                "b") ==
        "a\xEF\xBF\xBD"
        "b");
}

TEST_CASE("an entry is rendered without raw HTML scripts images and unsafe links") {
  for (const std::string& text : hostile) {
    INFO(text);
    const std::string page = rendered(text);
    INFO(page);
    for (const char* never : {"<script", "<img", "<svg", "<iframe", "<math", "<!--", "href=\"j", "href=\"J",
                              "href=\"d", "href=\"v", "href=\"\""})
      CHECK(page.find(never) == std::string::npos);
    // Attributes of ours alone: every "on..." stands in text or within an address.
    for (std::size_t tag = page.find('<'); tag != std::string::npos; tag = page.find('<', tag + 1)) {
      const std::string inside = page.substr(tag, page.find('>', tag) - tag);
      CHECK(inside.find(" on") == std::string::npos);
      CHECK(inside.find("\"on") == std::string::npos);
    }
  }
}

TEST_CASE("raw HTML and shortcodes stand there as text") {
  CHECK(rendered("a <b>bold</b> word").find("<code>&lt;b&gt;</code>bold") != std::string::npos);
  CHECK(rendered("<div>\nx\n</div>\n").find("&lt;div&gt;") != std::string::npos);
  const std::string page =
      rendered("before\n\n{{< steering >}}\n# Not a heading\n{{< /steering >}}\n\nafter");
  CHECK(page.find("{{&lt; steering &gt;}}\n# Not a heading\n{{&lt; /steering &gt;}}") != std::string::npos);
  CHECK(page.find("<h1") == std::string::npos);
}

TEST_CASE("links from outside lead to plain addresses and tell nothing to them") {
  CHECK(rendered("[x](https://example.org/)") ==
        "<p><a rel=\"noopener noreferrer\" target=\"_blank\" href=\"https://example.org/\">x</a></p>\n");
  CHECK(rendered("[x](../y)") == "<p>x</p>\n");
  CHECK(external_link("javascript:alert(1)", "x").text() == "x");
  CHECK(external_link("https://example.org/\"", "<x>").text().find("\"&lt;x&gt;") == std::string::npos);
  CHECK(external_link("https://example.org/", "<x>").text() ==
        R"(<a href="https://example.org/" rel="noopener noreferrer" target="_blank">&lt;x&gt;</a>)");
}

TEST_CASE("what is new in an entry is marked once for each block") {
  const std::string page = render_markdown("# A\n\nold\n\nnew\n\n- old item\n- new item\n", 2, {5, 8}).text();
  CHECK(page.find("<h2>A</h2>") != std::string::npos);
  CHECK(page.find("<div class=\"changed\" id=\"changed\" tabindex=\"-1\">\n<p>new</p>") != std::string::npos);
  CHECK(page.find("<li><span class=\"changed\">") != std::string::npos);
  CHECK(page.find("changed\">\n<p>old") == std::string::npos);
}

TEST_CASE("fields of a query or form are read as browsers write them") {
  const Fields fields = parse_form_urlencoded("a=1+2&b=%26%3D%2b&c&=x&d=e%0D%0Af&a=last");
  CHECK(fields.at("a") == "last");
  CHECK(fields.at("b") == "&=+");
  CHECK(fields.at("c").empty());
  CHECK(fields.at("d") == "e\nf");
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "x" + std::to_string(i) + "=1&";
  CHECK(parse_form_urlencoded(many).size() == 200);
}

TEST_CASE("secrets differ and are compared as a whole") {
  const auto one = random_secret(32);
  const auto other = random_secret(32);
  REQUIRE(one.ok());
  REQUIRE(other.ok());
  CHECK(one->size() == 64);
  CHECK(*one != *other);
  CHECK(constant_time_equal(*one, *one));
  CHECK_FALSE(constant_time_equal(*one, *other));
  CHECK_FALSE(constant_time_equal(*one, one->substr(1)));
  CHECK_FALSE(constant_time_equal("", ""));
}

TEST_CASE("beyond 32 browsers the oldest has to give the token again") {
  auto access = Access::create(1234);
  REQUIRE(access.ok());
  std::vector<std::string> cookies;
  for (int i = 0; i < 33; ++i) {
    const auto cookie = access->authenticate(access->token());
    REQUIRE(cookie.ok());
    cookies.push_back(cookie->substr(0, cookie->find(';')));
  }
  const auto find_session = [&](const std::string& cookie) {
    Request request;
    request.headers["cookie"] = "other=1; " + cookie;
    return access->find_session(request);
  };
  CHECK(find_session(cookies.front()) == nullptr);
  CHECK(find_session(cookies[1]) != nullptr);
  CHECK(find_session(cookies.back()) != nullptr);
}
