-- GETs the paths of a file in order, over and over. A line: path, token (or "-").
local requests, place = {}, 0

function init(args)
   for line in io.lines(args[1]) do
      local path, token = line:match("^(%S+) (%S+)$")
      local headers = token ~= "-" and {["Authorization"] = "Bearer " .. token} or {}
      requests[#requests + 1] = wrk.format("GET", path, headers)
   end
end

function request()
   place = place % #requests + 1
   return requests[place]
end
