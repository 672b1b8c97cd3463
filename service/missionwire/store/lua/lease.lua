-- Renews a worker's leases, takes a fair share of free inbox streams, gives up what is over the share.
-- KEYS: leases, workers   ARGV: worker, time to live in ms, number of inbox streams, '' or 'leave'
-- Gives: the streams held
local leases, workers = KEYS[1], KEYS[2]
local me, ttl, partitions = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local until_ms = string.format('%.0f', now + ttl)
local is_leaving = ARGV[4] == 'leave'
redis.call('ZREMRANGEBYSCORE', workers, '-inf', now) -- first: a write that takes no memory lets the rest through when memory is full
if is_leaving then redis.call('ZREM', workers, me) else redis.call('ZADD', workers, until_ms, me) end
local living = math.max(1, redis.call('ZCARD', workers))
local share = is_leaving and 0 or math.ceil(partitions / living)
local held, free = {}, {}
for p = 0, partitions - 1 do
  local lease = redis.call('HGET', leases, p)
  local owner, expiry
  if lease then owner, expiry = string.match(lease, '^(%S+) (%d+)$') end
  if owner == me then
    if #held < share then held[#held + 1] = p else redis.call('HDEL', leases, p) end
  elseif not owner or tonumber(expiry) <= now then
    free[#free + 1] = p
  end
end
for _, p in ipairs(free) do
  if #held < share then held[#held + 1] = p end
end
for _, p in ipairs(held) do redis.call('HSET', leases, p, me .. ' ' .. until_ms) end
return held
