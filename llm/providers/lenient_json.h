#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "llm/model.h"

namespace stubkeeper::llm {

// JSON from endpoints, read without trust in its shape: what is missing, or of another type, is
// null, "" or nothing.

using Json = nlohmann::ordered_json;  // sent in the order written, so that a schema's keys keep theirs

// The document, or null where `text` is none. Ill-formed UTF-8 in it counts as U+FFFD.
Json parse_leniently(std::string_view text);

// The member of an object, or null. Keys are compared as texts: an ordered object finds one by
// going through all.
const Json& member(const Json& object, std::string_view key);

// The text of a member, or "".
std::string text_member(const Json& object, std::string_view key);

// A count: a whole number of any JSON spelling (12, 12.0, "12"), not negative; nothing for anything
// else. Above 10^12 it is 10^12: no call uses more, and sums of counts stay exact.
std::optional<std::int64_t> count_member(const Json& object, std::string_view key);

// The text of a message's content: a string, or the "text" of all parts of type text or output_text
// in a list. Nothing where it is neither; parts that hold reasoning are passed over.
std::optional<std::string> content_text(const Json& content);

// The document as it is sent.
std::string to_compact_json(const Json& json);

// Why a model stopped, from any endpoint's word for it, in any case. No word counts as complete:
// some servers have none, and the answer is checked by its schema anyway.
FinishReason parse_finish_reason(std::string_view word);

}  // namespace stubkeeper::llm
