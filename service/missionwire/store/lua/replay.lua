-- Puts dead letters back into the inbox, at a new place, in one step.
-- KEYS: meta, dead, articles, marks of each generation (newest first), inbox 0 .. P-1
-- ARGV: generations as known to the caller, number of generations, prefix of all keys, then each: dead letter id, partition
-- Gives: how many were there to be replayed
local gens, prefix, call = tonumber(ARGV[2]), ARGV[3], redis.call
local state = call('HMGET', KEYS[1], 'generations', 'n')
if state[1] ~= ARGV[1] then return redis.error_reply('GENERATIONS ' .. tostring(state[1])) end
local count = 0

-- nil, or the digest that an identity has now
local function digest_of(ident)
  for g = 1, gens do
    local mark = call('HGET', KEYS[3 + g], ident)
    if mark then return string.sub(mark, 1, 8) end
  end
end

for i = 4, #ARGV, 2 do
  local entry = call('XRANGE', KEYS[2], ARGV[i], ARGV[i], 'COUNT', 1)[1]
  if entry then
    local f = {}
    for j = 1, #entry[2], 2 do f[entry[2][j]] = entry[2][j + 1] end
    call('XDEL', KEYS[2], ARGV[i])
    call('XADD', KEYS[3 + gens + 1 + tonumber(ARGV[i + 1])], '*', 'm', f['m'], 'k', f['k'], 'e', f['e'])
    local digest = digest_of(f['i'])
    if not digest or digest == f['h'] then -- else a newer revision of an article has the mark, and keeps it
      for g = 2, gens do call('HDEL', KEYS[3 + g], f['i']) end
      call('HSET', KEYS[4], f['i'], f['h'] .. 'q')
      if f['k'] == 'a' then -- the lane of an article is its id
        call('HSET', prefix .. 'article:' .. f['m'], 'sent', f['e'], 'state', 'queued')
        call('ZADD', KEYS[3], state[2], f['m'])
      end
    end
    count = count + 1
  end
end
return count
