#include "crawler/text_body.h"

#include <zlib.h>

#include <algorithm>

#include "base/text/ascii.h"

namespace stubkeeper::crawler {
namespace {

constexpr std::size_t max_unpacked_bytes = 52'428'800;

class GzipReader {
 public:
  explicit GzipReader(std::string_view bytes) {
    constexpr int gzip_window = 15 + 16;
    state_ = inflateInit2(&stream_, gzip_window);
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_.avail_in = static_cast<uInt>(std::min<std::size_t>(bytes.size(), UINT32_MAX));
  }
  ~GzipReader() { inflateEnd(&stream_); }
  GzipReader(const GzipReader&) = delete;
  GzipReader& operator=(const GzipReader&) = delete;

  // Until the end, a mistake, or more than `max_bytes`.
  std::string read(std::size_t max_bytes) {
    std::string text;
    std::string buffer(65'536, '\0');
    while (state_ == Z_OK && text.size() <= max_bytes) {
      stream_.next_out = reinterpret_cast<Bytef*>(buffer.data());
      stream_.avail_out = static_cast<uInt>(buffer.size());
      state_ = inflate(&stream_, Z_NO_FLUSH);
      text.append(buffer, 0, buffer.size() - stream_.avail_out);
      if (state_ == Z_STREAM_END && begins_member()) state_ = inflateReset(&stream_);
    }
    return text;
  }

  bool is_at_end() const { return state_ == Z_STREAM_END; }

 private:
  bool begins_member() const {
    return is_gzip({reinterpret_cast<const char*>(stream_.next_in), stream_.avail_in});
  }

  z_stream stream_{};
  int state_ = Z_OK;
};

constexpr bool is_control_character(char c) {
  constexpr char escape = '\x1B';  // of ISO 2022 and terminals
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 || byte == 0x7F) && !is_ascii_space(c) && c != escape;
}

constexpr bool begins_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

}  // namespace

bool is_gzip(std::string_view bytes) {
  return bytes.starts_with("\x1F\x8B");
}

Result<std::string> gunzip(std::string_view bytes) {
  GzipReader reader{bytes};
  std::string text = reader.read(max_unpacked_bytes);
  if (text.size() > max_unpacked_bytes)
    return Error{ErrorCode::limit, "the document unpacks to more than 50 MiB", "", "no more is read"};
  if (!reader.is_at_end())
    return Error{ErrorCode::invalid_argument, "the document is no whole gzip stream", "",
                 "it may be cut off"};
  if (is_gzip(text)) return Error{ErrorCode::invalid_argument, "the document is packed twice", "", ""};
  return text;
}

std::string gunzip_beginning(std::string_view bytes, std::size_t max_bytes) {
  return GzipReader{bytes}.read(max_bytes);
}

Status check_is_text(std::string_view utf8) {
  constexpr std::ptrdiff_t min_control_characters = 4;
  constexpr std::ptrdiff_t max_share = 50;  // one in so many
  const auto controls = std::count_if(utf8.begin(), utf8.end(), is_control_character);
  if (controls < min_control_characters) return {};
  if (controls * max_share <= std::count_if(utf8.begin(), utf8.end(), begins_character)) return {};
  return Error{ErrorCode::invalid_argument,
               "the document is not text: it has the bytes of an image, an archive or a program", "",
               "look at the address in a browser, and take another source"};
}

}  // namespace stubkeeper::crawler
