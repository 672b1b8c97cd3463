-- Forgets a dead letter for good; its identity stays known as dropped.
-- KEYS: meta, dead, marks of each generation (newest first)   ARGV: generations as known to the caller, their number, dead letter id
-- Gives: 1, or 0 where there is no such letter
local gens, id, call = tonumber(ARGV[2]), ARGV[3], redis.call
local known = call('HGET', KEYS[1], 'generations')
if known ~= ARGV[1] then return redis.error_reply('GENERATIONS ' .. tostring(known)) end
local entry = call('XRANGE', KEYS[2], id, id, 'COUNT', 1)[1]
if not entry then return 0 end
local f = {}
for j = 1, #entry[2], 2 do f[entry[2][j]] = entry[2][j + 1] end
call('XDEL', KEYS[2], id)
for g = 1, gens do
  local mark = call('HGET', KEYS[2 + g], f['i'])
  if mark then
    if string.sub(mark, 9) == 'd' .. id then call('HSET', KEYS[2 + g], f['i'], f['h'] .. 'xdiscarded') end
    return 1
  end
end
call('HSET', KEYS[3], f['i'], f['h'] .. 'xdiscarded')
return 1
