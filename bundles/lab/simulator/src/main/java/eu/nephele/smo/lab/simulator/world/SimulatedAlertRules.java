// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AlertRules;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.simulator.Outage;
import eu.nephele.smo.lab.simulator.promql.Expression;
import eu.nephele.smo.lab.simulator.promql.Promql;
import eu.nephele.smo.lab.simulator.promql.PromqlException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Keeps the alert rules of the world; it rejects an expression that it cannot evaluate at once. */
public final class SimulatedAlertRules implements AlertRules {

    private final World world;

    public SimulatedAlertRules(World world) {
        this.world = world;
    }

    @Override
    public void ensure(WorkloadRef workload, EventRule rule, String owner) {
        put(workload, rule, owner, false);
    }

    /** Writes the rule without reading the present one. */
    public void write(WorkloadRef workload, EventRule rule, String owner) {
        put(workload, rule, owner, true);
    }

    @Override
    public void remove(WorkloadRef workload, String eventId) {
        world.change(state -> {
            state.requireWorking(Outage.RULES, "Remove alert rule %s/%s".formatted(workload, eventId));
            state.monitoring().find(workload, eventId).ifPresent(rule -> {
                state.monitoring().remove(rule, state.now());
                state.writes().rule(workload);
            });
            return workload;
        });
    }

    @Override
    public Map<WorkloadRef, Set<String>> owned(String owner) {
        return world.change(state -> {
            state.requireWorking(Outage.RULES, "List alert rules");
            Map<WorkloadRef, Set<String>> events = new TreeMap<>();
            state.monitoring().rules().stream()
                    .filter(rule -> rule.owner().equals(owner))
                    .forEach(rule -> events.computeIfAbsent(rule.workload(), unused -> new TreeSet<>())
                            .add(rule.content().id()));
            return events;
        });
    }

    /** Returns whether that installation owns a rule for that event; cheaper than listing its rules. */
    public boolean contains(WorkloadRef workload, String eventId, String owner) {
        return world.change(state -> {
            state.requireWorking(Outage.RULES, "Read alert rule %s/%s".formatted(workload, eventId));
            return state.monitoring()
                    .find(workload, eventId)
                    .filter(rule -> rule.owner().equals(owner))
                    .isPresent();
        });
    }

    private void put(WorkloadRef workload, EventRule rule, String owner, boolean blindly) {
        String what = "Write alert rule %s/%s".formatted(workload, rule.id());
        Expression expression = parsed(rule.promQuery(), what);
        world.change(state -> {
            state.requireWorking(Outage.RULES, what);
            Optional<EvaluatedRule> present = state.monitoring().find(workload, rule.id());
            if (present.isEmpty() || !present.get().is(rule, owner)) {
                state.monitoring().put(workload, rule, expression, owner, state.now());
                state.writes().rule(workload);
            } else if (blindly) {
                state.writes().ruleAgain(workload);
            }
            return workload;
        });
    }

    private static Expression parsed(String query, String what) {
        try {
            return Promql.parse(query);
        } catch (PromqlException e) {
            throw new AdapterException(
                    AdapterException.Kind.REFUSED,
                    World.SYSTEM,
                    "%s: the expression '%s' is not understood %s".formatted(what, query, e.getMessage()),
                    e);
        }
    }
}
