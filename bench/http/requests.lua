-- Sends the requests of a file one after another, over and over: wrk -s requests.lua URL -- FILE
-- A line of the file is METHOD, PATH, TOKEN, USER and BODY with tabs between them.

local requests = {}
local at = 0

function init(args)
  for line in io.lines(args[1]) do
    local method, path, token, user, body = line:match("^(.-)\t(.-)\t(.-)\t(.-)\t(.*)$")
    local headers = { ["Authorization"] = "Bearer " .. token, ["X-User"] = user }
    if body == "" then body = nil else headers["Content-Type"] = "application/json" end
    requests[#requests + 1] = wrk.format(method, path, headers, body)
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

-- A thousand quantiles, so that those of several runs can be put together.
function done(summary, latency)
  local quantiles = {}
  for at = 1, 1000 do quantiles[at] = latency:percentile(at / 10) end
  local errors = summary.errors
  io.write(string.format(
    '{"requests":%d,"microseconds":%d,"refused":%d,"broken":%d,"quantiles":[%s]}\n',
    summary.requests,
    summary.duration,
    errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    table.concat(quantiles, ",")
  ))
end
