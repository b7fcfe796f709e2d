// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.AlertRules;
import eu.nephele.smo.api.port.WorkloadRef;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

final class BrokenRules extends Broken implements AlertRules {

    private record Rule(WorkloadRef workload, String event, String owner) {}

    private final Set<Rule> rules = new HashSet<>();

    private BrokenRules(String fault) {
        super(fault);
    }

    @Override
    public synchronized void ensure(WorkloadRef workload, EventRule rule, String owner) {
        if (rules.add(new Rule(workload, rule.id(), owner)) || has("writtenTwiceIsOneRule")) {
            writes.incrementAndGet();
        }
    }

    @Override
    public synchronized void remove(WorkloadRef workload, String eventId) {
        boolean gone = rules.removeIf(
                rule -> rule.workload().equals(workload) && rule.event().equals(eventId));
        if (!gone && has("removedTwiceIsRemovedAndTheOthersStay")) {
            throw new AdapterException(Kind.NOT_FOUND, "memory", "no such rule");
        }
    }

    @Override
    public Map<WorkloadRef, Set<String>> owned(String owner) {
        goOut();
        Map<WorkloadRef, Set<String>> owned = new HashMap<>();
        synchronized (this) {
            rules.stream()
                    .filter(rule -> rule.owner().equals(owner) || has("anotherOwnerHasNone"))
                    .forEach(rule -> owned.computeIfAbsent(rule.workload(), any -> new HashSet<>())
                            .add(rule.event()));
        }
        return owned;
    }

    static PortContract<?> contract(String fault) {
        BrokenRules broken = new BrokenRules(fault);
        return new AlertRulesContract() {
            @Override
            protected AlertRules adapter() {
                return broken;
            }

            @Override
            protected Map<String, ?> serviceProperties() {
                return broken.properties();
            }

            @Override
            protected void breakTheSystem() {
                broken.down();
            }

            @Override
            protected long effects() {
                return broken.writes.get();
            }
        };
    }
}
