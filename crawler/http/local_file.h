#pragma once

#include "crawler/fetcher.h"

namespace stubkeeper::crawler {

// Whether an address is a local file: an absolute path, or file:///path.
bool is_local_file(const std::string& address);

// Reads it, at most `max_bytes`. Its etag is the hash of its bytes, so that an unchanged file is
// not_modified; the content type is guessed from the name's ending.
FetchResponse fetch_local_file(const FetchRequest& request, std::uint64_t max_bytes);

}  // namespace stubkeeper::crawler
