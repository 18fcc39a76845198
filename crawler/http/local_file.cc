#include "crawler/http/local_file.h"

#include "base/file_system.h"
#include "base/sha256.h"

namespace stubkeeper::crawler {
namespace {

struct FileExtension {
  const char* extension;
  const char* content_type;
};
constexpr FileExtension file_extensions[] = {{".html", "text/html"},
                                             {".htm", "text/html"},
                                             {".xhtml", "application/xhtml+xml"},
                                             {".md", "text/markdown"},
                                             {".markdown", "text/markdown"},
                                             {".txt", "text/plain"},
                                             {".pdf", "application/pdf"},
                                             {".xml", "application/xml"},
                                             {".rss", "application/rss+xml"},
                                             {".atom", "application/atom+xml"},
                                             {".json", "application/json"}};

}  // namespace

bool is_local_file(const std::string& address) {
  return address.starts_with("file:///") || address.starts_with('/');
}

FetchResponse fetch_local_file(const FetchRequest& request, std::uint64_t max_bytes) {
  FetchResponse response;
  response.tag = request.tag;
  response.final_address = request.address;
  const std::string path =
      request.address.starts_with("file://") ? request.address.substr(7) : request.address;
  auto bytes = DiskFileSystem{}.read(path, max_bytes);
  if (!bytes.ok()) {
    response.error = bytes.error();
    return response;
  }
  response.etag = "sha256:" + sha256_hex(*bytes);
  if (response.etag == request.etag) {
    response.outcome = FetchOutcome::not_modified;
    return response;
  }
  for (const FileExtension& known : file_extensions) {
    if (path.ends_with(known.extension)) response.content_type = known.content_type;
  }
  response.outcome = FetchOutcome::ok;
  response.body = *std::move(bytes);
  return response;
}

}  // namespace stubkeeper::crawler
