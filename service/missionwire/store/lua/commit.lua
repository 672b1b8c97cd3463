-- Moves enriched entries from the inbox to the wire. An entry that is no longer in the inbox was done before: skipped.
-- KEYS: meta, wire, dead, missions, articles, marks of each generation (newest first), inbox 0 .. P-1
-- ARGV: epoch, ordinal of the tip as known to the caller, generations as known to the caller, prefix of all keys, number of
--       generations, then each entry: partition, inbox id, article id or '', article document or '', number of outputs,
--       then each output: kind p|x|d (publish, drop, dead), o|n (own identity of the entry, or new with it), mission or '',
--       ident, digest, payload, lane, inbox kind, reason (drop), error (dead)
-- Gives: letters (one an entry: 1 done, 0 skipped), ms, n
local A, K, call, fmt = ARGV, KEYS, redis.call, string.format
local meta, wire, dead, missions, articles = K[1], K[2], K[3], K[4], K[5]
local prefix, gens = A[4], tonumber(A[5])
local state = call('HMGET', meta, 'epoch', 'ms', 'n', 'generations')
if state[1] ~= A[1] then return redis.error_reply('EPOCH ' .. tostring(state[1])) end
if state[4] ~= A[3] then return redis.error_reply('GENERATIONS ' .. tostring(state[4])) end
local ms, n = tonumber(state[2]), tonumber(state[3])
if tonumber(A[2]) > n then return redis.error_reply(fmt('WENTBACK %.0f', n)) end
local t = call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
if now > ms then ms = now end
local oldest = call('XRANGE', wire, '-', '+', 'COUNT', 1)
local first = oldest[1] and oldest[1][1] or '0-1'
local n0, bytes, letters, i = n, 0, {}, 6

-- the newest mark of an identity, nil where there is none
local function mark_of(ident)
  for g = 1, gens do
    local mark = call('HGET', K[5 + g], ident)
    if mark then return mark end
  end
end

local function place(ident, digest, where)
  for g = 2, gens do call('HDEL', K[5 + g], ident) end
  call('HSET', K[6], ident, digest .. where)
end

-- an article may be revised while it waits; then its mark is the revision's, and what became of the old text leaves it alone
local function is_superseded(ident, digest)
  local mark = mark_of(ident)
  return mark and string.sub(mark, 9, 9) == 'q' and string.sub(mark, 1, 8) ~= digest
end

local function is_settled(ident)
  local mark = mark_of(ident)
  if not mark then return false end
  if string.sub(mark, 9, 9) ~= 'd' then return true end
  call('XDEL', dead, string.sub(mark, 10))
  return false
end

while i <= #A do
  local partition, id, article, document, outputs = tonumber(A[i]), A[i + 1], A[i + 2], A[i + 3], tonumber(A[i + 4])
  i = i + 5
  if call('XDEL', K[5 + gens + 1 + partition], id) == 1 then
    letters[#letters + 1] = '1'
    local state_of_article = 'published'
    for j = 0, outputs - 1 do
      local b = i + j * 10
      local kind, own, mission, ident, digest, payload = A[b], A[b + 1], A[b + 2], A[b + 3], A[b + 4], A[b + 5]
      if own == 'o' or not is_settled(ident) then
        if kind == 'p' then
          n = n + 1
          local w = fmt('%.0f-%.0f', ms, n)
          call('XADD', wire, w, 'event', payload)
          bytes = bytes + #payload
          if mission ~= '' then
            call('XADD', prefix .. 'mission:' .. mission, 'MINID', '~', first, w, '', '')
            call('ZADD', missions, n, mission)
          end
          place(ident, digest, 'w' .. w)
        elseif kind == 'x' then
          if not is_superseded(ident, digest) then place(ident, digest, 'x' .. A[b + 8]) end
        else
          local d = call('XADD', dead, '*', 'm', A[b + 6], 'k', A[b + 7], 'e', payload, 'i', ident, 'h', digest, 'error', A[b + 9])
          if not is_superseded(ident, digest) then place(ident, digest, 'd' .. d) end
          if own == 'o' then state_of_article = 'dead' end
        end
      end
    end
    if article ~= '' then
      call('HSET', prefix .. 'article:' .. article, 'state', state_of_article)
      if document ~= '' then call('HSET', prefix .. 'article:' .. article, 'document', document) end
      call('ZADD', articles, n, article)
    end
  else
    letters[#letters + 1] = '0'
  end
  i = i + outputs * 10
end
if n > n0 then
  call('HSET', meta, 'ms', fmt('%.0f', ms), 'n', fmt('%.0f', n))
  call('HINCRBY', meta, 'wire_bytes', bytes)
else
  ms = tonumber(state[2])
end
call('HINCRBY', meta, 'commits', 1) -- always a write, see accept
return { table.concat(letters), fmt('%.0f', ms), fmt('%.0f', n) }
