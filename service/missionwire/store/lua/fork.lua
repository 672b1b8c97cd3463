-- Gives the log a new epoch because it went back: positions up to `n` of the old one stay valid.
-- KEYS: meta   ARGV: old epoch, new epoch, n at the fork
-- Gives: epoch and forks now
local state = redis.call('HMGET', KEYS[1], 'epoch', 'forks')
if state[1] == ARGV[1] then
  local forks = (state[2] or '') .. (state[2] ~= '' and state[2] and ' ' or '') .. ARGV[1] .. ':' .. ARGV[3]
  redis.call('HDEL', KEYS[1], 'forks') -- a write that takes no memory lets the next one through when memory is full
  redis.call('HSET', KEYS[1], 'epoch', ARGV[2], 'forks', forks)
end
return redis.call('HMGET', KEYS[1], 'epoch', 'forks')
