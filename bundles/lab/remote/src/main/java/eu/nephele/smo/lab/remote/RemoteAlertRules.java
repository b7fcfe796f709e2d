// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote;

import com.fasterxml.jackson.core.type.TypeReference;
import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.api.port.AlertRules;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.remote.wire.Messages.RuleRecord;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Alert rules in the world, which compares and writes only differences. */
final class RemoteAlertRules implements AlertRules {

    private static final TypeReference<List<RuleRecord>> RECORDS = new TypeReference<>() {};

    private final WorldClient client;

    RemoteAlertRules(WorldClient client) {
        this.client = client;
    }

    @Override
    public void ensure(WorkloadRef workload, EventRule rule, String owner) {
        client.put(
                WorldPaths.ensured(WorldPaths.rule(workload, rule.id())),
                new RuleRecord(workload, rule, owner),
                "Write the rule " + name(workload, rule.id()));
    }

    @Override
    public void remove(WorkloadRef workload, String eventId) {
        client.delete(WorldPaths.rule(workload, eventId), "Remove the rule " + name(workload, eventId));
    }

    @Override
    public Map<WorkloadRef, Set<String>> owned(String owner) {
        Map<WorkloadRef, Set<String>> events = new TreeMap<>();
        client.get("/rules?owner=" + WorldPaths.encoded(owner), "List rules", RECORDS)
                .forEach(rule -> events.computeIfAbsent(rule.workload(), ref -> new TreeSet<>())
                        .add(rule.rule().id()));
        return events;
    }

    private static String name(WorkloadRef workload, String event) {
        return workload + "/" + event;
    }
}
