// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Members of before that a service does not name any more: they leave, each with the time that it had when it began to. */
final class ServiceLeavers {

    private ServiceLeavers() {}

    /**
     * @param former the service by the file
     * @param running the service in HAProxy, which may have members that no file names
     * @param longest time to leave, whatever the service asks for
     */
    static BalancedService in(
            BalancedService wanted,
            Optional<BalancedService> former,
            Optional<RunningProxy> running,
            Duration longest) {
        Duration drain = wanted.drain().compareTo(longest) < 0 ? wanted.drain() : longest;
        // as the file keeps it
        Instant until = Instant.now().plus(drain).truncatedTo(ChronoUnit.MILLIS);
        Map<String, LeavingMember> leaving = new LinkedHashMap<>();
        former.ifPresent(before -> {
            before.leaving().forEach(member -> leaving.put(member.id(), member));
            before.members().forEach(member -> leaving.putIfAbsent(member.id(), new LeavingMember(member.id(), until)));
        });
        running.ifPresent(proxy -> proxy.servers().keySet().stream()
                .sorted()
                .forEach(id -> leaving.putIfAbsent(id, new LeavingMember(id, until))));
        wanted.members().forEach(member -> leaving.remove(member.id()));
        return wanted.withLeaving(leaving.values().stream().toList());
    }
}
