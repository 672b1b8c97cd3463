-- Opens a log, or makes it. Idempotent.
-- KEYS: meta   ARGV: epoch for a new log, number of inbox streams for a new log, layout
-- Gives: epoch, ms, n, partitions, generations, forks, layout
local meta = KEYS[1]
if redis.call('HEXISTS', meta, 'epoch') == 0 then -- asked first: an old log opens when memory is full, too
  redis.call('HSET', meta, 'epoch', ARGV[1], 'partitions', ARGV[2], 'layout', ARGV[3], 'ms', '0', 'n', '0',
    'generations', '1:1', 'forks', '', 'accepted', '0', 'wire_bytes', '0')
end
return redis.call('HMGET', meta, 'epoch', 'ms', 'n', 'partitions', 'generations', 'forks', 'layout')
