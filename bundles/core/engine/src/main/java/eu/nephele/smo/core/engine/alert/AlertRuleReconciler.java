// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.alert;

import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.model.Trigger;
import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.core.engine.cluster.AdapterPorts;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The steps that install alert rules for the events of conditional services. Without an adapter for alert rules no
 * events are watched; alerts are processed all the same.
 */
public final class AlertRuleReconciler {

    private final AdapterPorts ports;
    private final String owner;
    /** Begins anew with each start, because the first pass makes sure of all rules once. */
    private final Map<WorkloadRef, List<EventRule>> ensured = new ConcurrentHashMap<>();

    public AlertRuleReconciler(AdapterPorts ports, String owner) {
        this.ports = ports;
        this.owner = owner;
    }

    /** @return whether an adapter watches */
    public boolean ensure(WorkloadRef workload, ServiceSpec service) {
        if (!(service.trigger() instanceof Trigger.OnEvent trigger)) {
            return false;
        }
        if (ports.alertRules().isEmpty()) {
            return false;
        }
        List<EventRule> known = ensured.getOrDefault(workload, List.of());
        if (!known.equals(trigger.events())) {
            Set<String> stale = new HashSet<>();
            known.forEach(rule -> stale.add(rule.id()));
            ports.alertRules().ifPresent(rules -> {
                trigger.events().forEach(rule -> {
                    rules.ensure(workload, rule, owner);
                    stale.remove(rule.id());
                });
                stale.forEach(event -> rules.remove(workload, event));
            });
            ensured.put(workload, trigger.events());
        }
        return true;
    }

    public void remove(WorkloadRef workload, ServiceSpec service) {
        if (service.trigger() instanceof Trigger.OnEvent trigger) {
            ports.alertRules().ifPresent(rules -> trigger.events().forEach(rule -> rules.remove(workload, rule.id())));
        }
        ensured.remove(workload);
    }

    /** Makes all rules of a service not exist, whatever descriptor they came from. */
    public void removeAll(WorkloadRef workload) {
        ports.alertRules().ifPresent(rules -> rules.owned(owner)
                .getOrDefault(workload, Set.of())
                .forEach(event -> rules.remove(workload, event)));
        ensured.remove(workload);
    }

    /** All rules are ensured again: one of them was changed outside. */
    public void forget(WorkloadRef workload) {
        ensured.remove(workload);
    }
}
