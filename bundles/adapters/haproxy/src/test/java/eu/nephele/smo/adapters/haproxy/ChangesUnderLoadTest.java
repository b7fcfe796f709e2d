// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.port.Backend.Member;
import eu.nephele.smo.api.port.BackendStatus.MemberStatus;
import eu.nephele.smo.lab.testbed.components.FreePorts;
import eu.nephele.smo.lab.testkit.Await;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Members come and go under load; each that is told gone stops at once, so that a request which still went to it would fail. The
 * property {@code smo.haproxy.changes} sets the number of changes.
 */
class ChangesUnderLoadTest {

    private static final int CHANGES = Integer.getInteger("smo.haproxy.changes", 300);
    private static final int REQUESTS_PER_SECOND = 700;
    private static final int MEMBERS = 4;

    @Test
    @Timeout(600)
    void noRequestFailsAndHaproxyIsNotReloaded() throws Exception {
        try (RealBalancer real = new RealBalancer()) {
            int port = FreePorts.free(1).get(0);
            Deque<Member> members = new ArrayDeque<>();
            Map<String, ReplicaServer> running = new HashMap<>();
            for (int i = 0; i < MEMBERS; i++) {
                members.add(added(running, "m" + i).member());
            }
            real.ensure("web", RealBalancer.backend(port, List.copyOf(members)));
            long reloads = real.processTable().reloads();

            SteadyLoad load = new SteadyLoad(port, REQUESTS_PER_SECOND);
            for (int i = 0; i < CHANGES; i++) {
                if (i % 2 == 0) {
                    members.add(added(running, "n" + i).member());
                } else {
                    members.removeFirst();
                }
                real.ensure("web", RealBalancer.backend(port, List.copyOf(members)));
                stopGone(real, running);
            }
            Await.until("all that left are gone", () -> {
                stopGone(real, running);
                return running.size() == members.size();
            });
            double perSecond = load.perSecond();
            load.close();

            System.out.printf(
                    "%d changes, %d requests, %.0f per second, %d failures%n",
                    CHANGES, load.answered(), perSecond, load.failures().size());
            assertThat(load.failures()).isEmpty();
            assertThat(real.processTable().reloads()).isEqualTo(reloads);
            assertThat(perSecond).isGreaterThan(500);
            running.values().forEach(ReplicaServer::close);
        }
    }

    private static ReplicaServer added(Map<String, ReplicaServer> running, String id) throws Exception {
        ReplicaServer replica = new ReplicaServer(id);
        running.put(id, replica);
        return replica;
    }

    private static void stopGone(RealBalancer real, Map<String, ReplicaServer> running) {
        Set<String> there =
                real.seen("web").members().stream().map(MemberStatus::id).collect(Collectors.toSet());
        for (Iterator<Map.Entry<String, ReplicaServer>> each =
                        running.entrySet().iterator();
                each.hasNext(); ) {
            Map.Entry<String, ReplicaServer> replica = each.next();
            if (!there.contains(replica.getKey())) {
                replica.getValue().close();
                each.remove();
            }
        }
    }
}
