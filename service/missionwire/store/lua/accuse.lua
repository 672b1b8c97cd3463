-- Counts one more worker that an entry ended, also when memory is full: then it matters most that the inbox drains.
-- KEYS: suspects   ARGV: entry
redis.call('HDEL', KEYS[1], '') -- a write that takes no memory lets the next one through
return redis.call('HINCRBY', KEYS[1], ARGV[1], 1)
