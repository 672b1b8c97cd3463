-- Puts what a worker says of itself where it is found, also when memory is full: a worker that drains the inbox is the cure.
-- KEYS: reports   ARGV: worker, report
redis.call('HDEL', KEYS[1], ARGV[1]) -- a write that takes no memory lets the next one through
return redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
