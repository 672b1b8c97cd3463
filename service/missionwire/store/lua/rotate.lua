-- Forgets the oldest generation of marks once nothing can need it, and opens a new one when the newest is full and old enough.
-- KEYS: meta, wire, dead, newest marks, oldest marks, inbox 0 .. P-1
-- ARGV: generations as known to the caller, marks in a full generation, least age of a full generation in ms, dedupe window in ms
-- Gives: generations now
local call, fmt = redis.call, string.format
local meta, wire, dead, newest_marks, oldest_marks = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local state = call('HMGET', meta, 'generations', 'n', 'opened')
if state[1] ~= ARGV[1] then return state[1] end
local oldest, newest = string.match(state[1], '^(%d+):(%d+)$')
oldest, newest = tonumber(oldest), tonumber(newest)
local t = call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local pinned = 1000

local function first_of(key)
  return call('XRANGE', key, '-', '+', 'COUNT', 1)[1]
end

-- What was marked in a generation and is still somewhere has an id from before the generation was closed: each change
-- of place moves the mark to the newest.
local function is_needed(closed_ms, closed_n)
  local first = first_of(wire)
  if first and tonumber(string.match(first[1], '-(%d+)$')) <= closed_n then return true end
  for k = 6, #KEYS do
    local entry = first_of(KEYS[k])
    if entry and tonumber(string.match(entry[1], '^(%d+)-')) <= closed_ms then return true end
  end
  return false
end

-- A few old dead letters must not hold everything that is as old as they are: their marks move on.
local function keep_dead(closed_ms)
  local letters = call('XRANGE', dead, '-', fmt('%.0f', closed_ms), 'COUNT', pinned + 1)
  if #letters > pinned then return false end
  for _, letter in ipairs(letters) do
    local f = {}
    for j = 1, #letter[2], 2 do f[letter[2][j]] = letter[2][j + 1] end
    local mark = call('HGET', oldest_marks, f['i'])
    if mark then
      call('HDEL', oldest_marks, f['i'])
      call('HSETNX', newest_marks, f['i'], mark)
    end
  end
  return true
end

local changed = false
if oldest < newest then
  local name = 'closed:' .. fmt('%.0f', oldest)
  local closed_ms, closed_n = string.match(call('HGET', meta, name) or '', '^(%d+) (%d+)$')
  closed_ms, closed_n = tonumber(closed_ms), tonumber(closed_n)
  if closed_ms and closed_ms <= now - tonumber(ARGV[4]) and not is_needed(closed_ms, closed_n) and keep_dead(closed_ms) then
    call('UNLINK', oldest_marks)
    call('HDEL', meta, name)
    oldest, changed = oldest + 1, true
  end
end
if call('HLEN', newest_marks) >= tonumber(ARGV[2]) and tonumber(state[3] or '0') <= now - tonumber(ARGV[3]) then
  call('HDEL', meta, 'opened') -- a write that takes no memory lets the next one through when memory is full
  call('HSET', meta, 'closed:' .. fmt('%.0f', newest), fmt('%.0f ', now) .. state[2], 'opened', fmt('%.0f', now))
  newest, changed = newest + 1, true
end
local generations = fmt('%.0f:%.0f', oldest, newest)
if changed then call('HSET', meta, 'generations', generations) end
return generations
