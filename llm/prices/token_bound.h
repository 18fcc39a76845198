#pragma once

#include <cstdint>

#include "llm/model.h"

namespace stubkeeper::llm {

// The most tokens that a request's prompt can be, whatever the model's vocabulary. The bound is stated, not
// guessed:
//
//   - a tokenizer that works on bytes (byte-level BPE, or SentencePiece falling back to bytes) makes at most
//   one token of
//     a byte, and some normalize the text first (NFKC), which can make it longer: of the text and its NFKC
//     form, the longer one in UTF-8 bytes;
//   - for the instructions, the input and the answer's schema, which endpoints put into the prompt;
//   - and 1,024 for what the endpoint adds of its own: the frame of the messages, how to keep to a schema.
//
// A model that of itself makes several passes at a prompt or runs tools (Groq's compound, OpenAI's mode
// "pro") can count more; nothing here asks for that, and what is reported is what is booked.
//
// tests/data holds the bound against what real endpoints counted.
std::int64_t max_input_tokens(const ModelRequest& request);

}  // namespace stubkeeper::llm
