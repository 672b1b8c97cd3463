-- Cuts a bounded piece off the old end of the wire, and what hangs on it. Called again while it gives more than 0.
-- KEYS: meta, wire, missions, articles, dead
-- ARGV: most bytes of wire, oldest ms to keep or 0, prefix of all keys, oldest ms of a dead letter to keep or 0
-- Gives: entries, missions, articles and dead letters cut
local meta, wire, missions, articles, dead = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local limit, oldest_ms, prefix, dead_ms = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4])
local call, fmt, piece = redis.call, string.format, 500
local bytes = tonumber(call('HGET', meta, 'wire_bytes') or '0')
local cut, freed = 0, 0
if (bytes > limit or oldest_ms > 0) and call('XLEN', wire) > 1 then
  local old = call('XRANGE', wire, '-', '+', 'COUNT', piece + 1)
  for j = 1, #old - 1 do -- the tip is always kept
    local ms = tonumber(string.match(old[j][1], '^(%d+)-'))
    if bytes - freed <= limit and ms >= oldest_ms then break end
    cut, freed = j, freed + #old[j][2][2]
  end
  if cut > 0 then
    call('XTRIM', wire, 'MINID', old[cut + 1][1])
    call('HINCRBY', meta, 'wire_bytes', -freed)
  end
end
local first = call('XRANGE', wire, '-', '+', 'COUNT', 1)[1]
if first then
  local n = tonumber(string.match(first[1], '-(%d+)$'))
  for _, mission in ipairs(call('ZRANGEBYSCORE', missions, '-inf', fmt('(%.0f', n), 'LIMIT', 0, piece)) do
    call('UNLINK', prefix .. 'mission:' .. mission)
    call('ZREM', missions, mission)
    cut = cut + 1
  end
  for _, article in ipairs(call('ZRANGEBYSCORE', articles, '-inf', fmt('(%.0f', n - 1), 'LIMIT', 0, piece)) do
    call('ZREM', articles, article)
    if call('HGET', prefix .. 'article:' .. article, 'state') == 'queued' then
      call('ZADD', articles, n, article) -- looked at again later, and not in the way of the others until then
    else
      call('UNLINK', prefix .. 'article:' .. article)
    end
    cut = cut + 1
  end
end
if dead_ms > 0 then
  for _, letter in ipairs(call('XRANGE', dead, '-', fmt('(%.0f-0', dead_ms), 'COUNT', piece)) do
    cut = cut + call('XDEL', dead, letter[1])
  end
end
return cut
