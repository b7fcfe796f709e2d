-- SPDX-License-Identifier: Apache-2.0
-- Requests of a service without a member that is up wait here, and who asks "smo state" is told how many.
local generation = os.getenv("SMO_GENERATION")
local most = tonumber(os.getenv("SMO_WAITING"))
local look_millis = 50
local waiting = {}
local last = 0

local stopping = false
local looked = 0

-- A process of before a reload gets no members any more; one that begins to stop never goes back.
local function ends()
    local now = core.now().sec
    if not stopping and now ~= looked then
        looked = now
        stopping = tonumber(core.get_info()["Stopping"]) == 1
    end
    return stopping
end

-- A request whose client has gone leaves without a word: it is not seen any more.
local function count(name)
    local number = 0
    local now = core.now().sec
    for id, seen in pairs(waiting[name] or {}) do
        if now - seen > 1 then
            waiting[name][id] = nil
        else
            number = number + 1
        end
    end
    return number
end

local function all()
    local number = 0
    for name in pairs(waiting) do
        number = number + count(name)
    end
    return number
end

core.register_action("smo_wait", { "http-req", "tcp-req" }, function(txn, name, millis)
    local left = tonumber(millis)
    if left <= 0 or all() >= most then
        return
    end
    last = last + 1
    local id = last
    waiting[name] = waiting[name] or {}
    while left > 0 and txn.f:nbsrv(name) == 0 do
        if ends() then
            txn:set_var("txn.smo_relay", true)
            break
        end
        waiting[name][id] = core.now().sec
        core.msleep(look_millis)
        left = left - look_millis
    end
    waiting[name][id] = nil
end, 2)

core.register_cli({ "smo", "state" }, "smo state : requests that wait, and the generation of the configuration", function(applet)
    for name in pairs(waiting) do
        applet:send("waiting " .. name .. " " .. count(name) .. "\n")
    end
    applet:send("generation " .. generation .. "\n")
end)
