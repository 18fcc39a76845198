#include "crawler/http_fetcher.h"

#include <functional>
#include "crawler/http/fetch_loop.h"

namespace stubkeeper::crawler {

HttpFetcher::HttpFetcher(HttpOptions options, RobotsCache& robots, HostPauseStore& pauses, const Clock& clock,
                         SteadyClock& steady_clock)
    : options_(std::move(options)),
      robots_(robots),
      pauses_(pauses),
      clock_(clock),
      steady_clock_(steady_clock) {}

HttpFetcher::~HttpFetcher() = default;

void HttpFetcher::fetch(std::vector<FetchRequest> requests,
                        const std::function<void(FetchResponse)>& on_response,
                        const std::function<bool()>& keep_going) {
  const auto rules = AddressRules::parse(options_.allow_addresses);
  if (!rules.ok()) {
    for (const FetchRequest& request : requests) {
      FetchResponse response;
      response.tag = request.tag;
      response.error = rules.error();
      on_response(std::move(response));
    }
    return;
  }
  FetchLoop{{options_, *rules, robots_, pauses_, clock_, steady_clock_}, on_response, keep_going}.run(
      std::move(requests));
}

}  // namespace stubkeeper::crawler
