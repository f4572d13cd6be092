//! The arithmetic of `identity::throttle` once more, run inside Redis so that reading and writing are one step. The contract
//! suite holds both to the same answers. All take the caller's time: replicas keep theirs by NTP, and tests bring their own.

/// `Budget::take`: microseconds now, of one, of all. Answers the microseconds to wait, 0 when one was taken.
pub const TAKE: &str = "
    local now, each, all = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
    local full = tonumber(redis.call('GET', KEYS[1]) or now)
    if full > now + 2 * all then full = now end
    local next = math.min(math.max(full, now), now + all) + each
    local wait = next - all - now
    if wait > 0 then return wait end
    redis.call('SET', KEYS[1], string.format('%.0f', next), 'PX', math.ceil((next - now) / 1000) + 1000)
    return 0";

/// `Slope::attempt`: milliseconds now, free tries, milliseconds of the first wait, of the longest, of a life, by which
/// clocks differ. Answers how many
/// tries there are, or, below zero, the milliseconds to wait.
pub const ATTEMPT: &str = "
    local at, free = tonumber(ARGV[1]), tonumber(ARGV[2])
    local first, longest, life = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
    local count = tonumber(redis.call('HGET', KEYS[1], 'n') or 0)
    local last = tonumber(redis.call('HGET', KEYS[1], 'at') or at)
    if at - last > life or last - at > tonumber(ARGV[6]) then count = 0 end
    local delay = 0
    if count > 0 and count >= free then delay = math.min(first * 2 ^ math.min(count - free, 16), longest) end
    local left = delay - math.max(at - last, 0)
    if left > 0 then return -left end
    redis.call('HSET', KEYS[1], 'n', string.format('%.0f', count + 1), 'at', string.format('%.0f', at))
    redis.call('PEXPIRE', KEYS[1], life)
    return count + 1";

/// Takes one try back.
pub const GIVE_BACK: &str = "
    local count = tonumber(redis.call('HGET', KEYS[1], 'n') or 0)
    if count > 1 then redis.call('HINCRBY', KEYS[1], 'n', -1) else redis.call('DEL', KEYS[1]) end
    return 0";
