-- POSTs to the paths of a file in order, over and over, each time with a new Idempotency-Key.
-- A line: path, which of the two comes first (1 or 2), and twice token and body, which take turns.
local lines, place, count, run, begun = {}, 0, 0, "", false

local function before_key(path, token)
   return "POST " .. path .. " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAuthorization: Bearer "
      .. token .. "\r\nIdempotency-Key: "
end

local function after_key(body)
   return "\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
end

function init(args)
   for line in io.lines(args[1]) do
      local path, turn, token1, body1, token2, body2 = line:match("^([^\t]+)\t(%d)\t([^\t]+)\t([^\t]+)\t([^\t]+)\t([^\t]+)$")
      lines[#lines + 1] = {
         turn = tonumber(turn),
         {before_key(path, token1), after_key(body1)},
         {before_key(path, token2), after_key(body2)},
      }
   end
   run = args[2]
end

function request()
   if not begun then -- wrk looks at the first request without sending it: whose turn it is stays the same
      begun = true
      return lines[1][1][1] .. run .. lines[1][1][2]
   end
   place, count = place % #lines + 1, count + 1
   local line = lines[place]
   local half = line[line.turn]
   line.turn = 3 - line.turn
   return half[1] .. run .. "-" .. count .. half[2]
end
