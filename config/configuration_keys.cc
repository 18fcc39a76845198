#include <array>

#include "config/configuration.h"

namespace stubkeeper::config {
namespace {

constexpr std::array keys = std::to_array<ConfigurationKey>({
    {"site.content", "text", "\"\"",
     "Folder of the research section in the site, absolute or relative to this file."},
    {"site.profile", "text", "\"hugo\"",
     "What pages are written for: `hugo`, or `plain`, a folder of Markdown with relative links (Obsidian, "
     "Quartz)."},
    {"site.evidence", "text", "\"none\"",
     "What readers see of a claim's sources: `none`, `data` (a JSON file for each entry, "
     "docs/publishing.md) or `footnotes`."},
    {"site.data", "text", "\"\"",
     "The site's data folder, for evidence `data`; by itself the `data` beside the folder `content` that "
     "site.content lies in."},
    {"model.provider", "text", "\"extractive\"",
     "Who drafts: `extractive`, which quotes sentences of the sources and needs no model, or a model's "
     "provider: docs/model.md lists them."},
    {"model.base_url", "text", "\"\"",
     "The endpoint's address up to the path of its format; by itself the provider's (docs/model.md)."},
    {"model.name", "text", "\"\"", "The model, by the endpoint's name for it."},
    {"model.api_key_env", "text", "\"\"",
     "The environment variable that holds the endpoint's key; by itself the provider's, at the provider's "
     "own address (docs/model.md), and none elsewhere."},
    {"model.api_key_command", "text", "\"\"",
     "A command that prints the key, in place of a variable: `pass show openai`. It is run once for each "
     "refresh."},
    {"model.parallel", "number", "4", "Calls of the model under way at once."},
    {"model.max_output_tokens", "number", "4000",
     "The room for one answer, in tokens; doubled once where an answer is cut off."},
    {"model.context_tokens", "number", "16384",
     "Ollama's `num_ctx`: the context for prompt and answer together, in tokens."},
    {"model.timeout_ms", "number", "600000", "Longest time for one call, in milliseconds."},
    {"model.fallback", "text", "\"extractive\"",
     "Who drafts where the model cannot (budget spent, endpoint down): `extractive`, until a later run "
     "gets to the model, or `none`, and the passages wait."},
    {"budget.tokens_per_run", "number or none", "400000",
     "Most tokens that one run may use, or `\"none\"` for no limit."},
    {"budget.usd_per_run", "number or none", "1.0",
     "Most US dollars that one run may spend, or `\"none\"` for no limit."},
    {"budget.usd_per_day", "number or none", "\"none\"",
     "Most US dollars that may be spent in one day (UTC), or `\"none\"` for no limit."},
    {"budget.usd_per_month", "number or none", "\"none\"",
     "Most US dollars that may be spent in one calendar month (UTC), or `\"none\"` for no limit."},
    {"fetch.contact", "text", "\"\"",
     "An address where a site's operator can reach you; sent in the User-Agent."},
    {"fetch.parallel", "number", "16", "Requests under way at once."},
    {"fetch.parallel_per_host", "number", "2", "Requests under way at once to one host."},
    {"fetch.delay_ms", "number", "1000", "Least time between two requests to one host, in milliseconds."},
    {"fetch.connect_timeout_ms", "number", "10000", "Longest time to connect, in milliseconds."},
    {"fetch.timeout_ms", "number", "60000", "Longest time for one request, in milliseconds."},
    {"fetch.max_bytes", "number", "20000000", "Largest decoded answer that is taken, in bytes."},
    {"fetch.max_document_seconds", "number", "30",
     "Processor time for reading one PDF or large document, in seconds; one that takes more is its source's "
     "failure (docs/crawler.md)."},
    {"fetch.max_document_memory", "number", "500000000",
     "Memory for reading one PDF or large document, in bytes; 200000000 at least."},
    {"fetch.allow_addresses", "list of texts", "[]",
     "Private or loopback addresses that may be fetched from: `127.0.0.1:8080`, `10.0.0.0/8`."},
    {"fetch.ca_file", "text", "\"\"",
     "A file of certificates (PEM), by its absolute path, that are trusted instead of the system's, for "
     "servers that a house's own authority vouches for."},
    {"fetch.follow_items", "text", "\"never\"",
     "Whether the articles that a feed's items link to are read in place of what the feed says: `never`, "
     "`summaries` (where the feed holds little more than a summary) or `always`."},
    {"fetch.linked_per_run", "number", "50",
     "Pages that one run fetches because a sitemap or a feed's item leads to them; the rest waits for "
     "later runs."},
    {"revisit.page_minutes", "number", "1440",
     "Time between two looks at a page, PDF or file, in minutes, without a budget."},
    {"revisit.feed_minutes", "number", "180",
     "Time between two looks at a feed, in minutes, without a budget."},
    {"revisit.fetches_per_day", "number", "0",
     "Most fetches in a day (23 hours, as a daily run comes a little early at times), spent where they are "
     "worth the most (docs/revisit.md); 0 for no budget, and then the two keys above decide alone."},
    {"revisit.min_minutes", "number", "60",
     "With a budget, the least time between two looks at a source, in minutes."},
    {"revisit.max_days", "number", "30",
     "With a budget, the longest time between two looks at a source, in days; longer only where the "
     "budget is too small for it."},
    {"revisit.recheck_window_days", "number", "7",
     "How recent the answers of all its sources must be for a stale entry to be proposed as rechecked, in "
     "days."},
    {"review.reviewer", "text", "\"\"",
     "The name that goes into history with your decisions; empty is your login name."},
    {"review.auto_approve", "list of texts", "[]",
     "Kinds of unflagged change that are approved without a person, such as `rechecked` or `upkeep`. "
     "Flagged changes never are."},
    {"review.recheck", "text or number", "\"all\"",
     "How many of a stale entry's sources must have answered for it to be proposed as rechecked: `\"all\"`, "
     "`\"answering\"` (those that can, one at least), or a share such as `0.75`. Sources that are gone do "
     "not count while another one is there."},
    {"report.when", "text", "\"always\"",
     "When `refresh` prints its report: `always`, `news` (something is new, failed, healed or went for good; also "
     "what `--quiet` asks for) or `trouble` (something is newly wrong). Else it prints nothing, so that cron sends "
     "no mail."},
    {"check.disable", "list of texts", "[]", "Ids of checks that `stubkeeper check` does not make."},
    {"check.severity", "table of texts", "{}",
     "What findings count as, by id: `error`, `warning` or `note`, such as `{ todo = \"warning\" }`."},
});

}  // namespace

std::span<const ConfigurationKey> configuration_keys() {
  return keys;
}

}  // namespace stubkeeper::config
