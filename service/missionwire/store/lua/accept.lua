-- Takes groups of items into the inbox, each group whole or not at all. Idempotent: sent again, items are duplicates.
-- KEYS: meta, dead, articles, marks of each generation (newest first), inbox 0 .. P-1
-- ARGV: generations as known to the caller, limit of an inbox stream, prefix of all keys, number of generations,
--       then each group: number of items, then each item: partition, ident, digest, lane, kind, article id, payload
-- Gives: one string a group: a(ccepted) d(uplicate) r(eplayed) v (revised); or with nothing written: c(onflict) and - ; F(ull)
local A, K, call = ARGV, KEYS, redis.call
local meta, dead, articles = K[1], K[2], K[3]
local known, limit, prefix, gens = A[1], tonumber(A[2]), A[3], tonumber(A[4])
local state = call('HMGET', meta, 'generations', 'n')
if state[1] ~= known then return redis.error_reply('GENERATIONS ' .. tostring(state[1])) end
local first_inbox = 3 + gens
local newest = K[4]
local answers, taken, i = {}, 0, 5

local function marks_of(idents)
  local found = {}
  if #idents == 0 then return found end
  for g = 1, gens do
    local got = call('HMGET', K[3 + g], unpack(idents))
    for j = 1, #idents do
      if got[j] and not found[j] then found[j] = { got[j], g } end
    end
  end
  return found
end

-- an article is known for as long as it is kept, even when its mark is forgotten
local function letter_by_article(article, payload)
  local kept = call('HMGET', prefix .. 'article:' .. article, 'sent', 'state')
  if not kept[1] or kept[2] == 'dead' then return 'a' end
  return kept[1] == payload and 'd' or 'v'
end

while i <= #A do
  local n = tonumber(A[i]); i = i + 1
  local idents, letters, seen, full, conflict = {}, {}, {}, false, false
  for j = 1, n do idents[j] = A[i + (j - 1) * 7 + 1] end
  local marks = marks_of(idents)
  for j = 1, n do
    local b = i + (j - 1) * 7
    local ident, digest, kind = A[b + 1], A[b + 2], A[b + 4]
    local mark = marks[j]
    if seen[ident] then
      letters[j] = seen[ident] == digest and 'd' or 'c'
    elseif not mark then
      letters[j] = kind == 'a' and letter_by_article(A[b + 5], A[b + 6]) or 'a'
    else
      local same, place = string.sub(mark[1], 1, 8) == digest, string.sub(mark[1], 9, 9)
      if place == 'd' then letters[j] = 'r'
      elseif same then letters[j] = 'd'
      elseif kind == 'a' then letters[j] = 'v'
      else letters[j] = 'c' end
    end
    if letters[j] == 'c' then
      conflict = true
    elseif letters[j] ~= 'd' then
      seen[ident] = digest
      if limit > 0 and call('XLEN', K[first_inbox + 1 + tonumber(A[b])]) >= limit then full = true end
    end
  end
  if conflict then
    for j = 1, n do if letters[j] ~= 'c' and letters[j] ~= 'd' then letters[j] = '-' end end
    answers[#answers + 1] = table.concat(letters)
  elseif full then
    answers[#answers + 1] = 'F'
  else
    local fresh = {}
    for j = 1, n do
      local b = i + (j - 1) * 7
      local letter, mark = letters[j], marks[j]
      if letter ~= 'd' then
        call('XADD', K[first_inbox + 1 + tonumber(A[b])], '*', 'm', A[b + 3], 'k', A[b + 4], 'e', A[b + 6])
        fresh[#fresh + 1] = A[b + 1]; fresh[#fresh + 1] = A[b + 2] .. 'q'
        taken = taken + 1
        if letter == 'r' then call('XDEL', dead, string.sub(mark[1], 10)) end
        if mark and mark[2] > 1 then call('HDEL', K[3 + mark[2]], A[b + 1]) end
        if A[b + 4] == 'a' then
          call('HSET', prefix .. 'article:' .. A[b + 5], 'sent', A[b + 6], 'state', 'queued')
          call('ZADD', articles, state[2], A[b + 5])
        end
      end
    end
    if #fresh > 0 then call('HSET', newest, unpack(fresh)) end
    answers[#answers + 1] = table.concat(letters)
  end
  i = i + n * 7
end
call('HINCRBY', meta, 'accepted', taken) -- always a write, so that the answer waits for the fsync of what it rests on
return answers
