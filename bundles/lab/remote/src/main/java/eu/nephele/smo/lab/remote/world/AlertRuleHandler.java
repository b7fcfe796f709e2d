// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote.world;

import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.remote.wire.Messages.RuleRecord;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes alert rules without a comparison, and counts writes without a change; or, to ensure a rule, writes only when
 * it differs. Other actors may remove rules behind its back: a rule that the world no longer has is missing.
 */
final class AlertRuleHandler {

    private final SimulatedFederation federation;
    private final WriteCounter book;
    private final Map<String, RuleRecord> written = new TreeMap<>();

    AlertRuleHandler(SimulatedFederation federation, WriteCounter book) {
        this.federation = federation;
        this.book = book;
    }

    /** @throws eu.nephele.smo.api.port.AdapterException when the world does not understand the expression */
    synchronized void write(RuleRecord rule) {
        boolean same = isPresent(rule);
        put(rule);
        if (same) {
            book.doubled("rule " + name(rule.workload(), rule.rule().id()));
        }
    }

    /** Writes the rule as {@link #write} unless exactly this one exists. */
    synchronized void ensure(RuleRecord rule) {
        if (!isPresent(rule)) {
            put(rule);
        }
    }

    private void put(RuleRecord rule) {
        federation.write(rule.workload(), rule.rule(), rule.owner());
        written.put(name(rule.workload(), rule.rule().id()), rule);
        book.rule();
    }

    private boolean isPresent(RuleRecord rule) {
        return find(rule.workload(), rule.rule().id()).filter(rule::equals).isPresent();
    }

    /** @return whether it existed */
    synchronized boolean remove(WorkloadRef workload, String event) {
        boolean present = find(workload, event).isPresent();
        federation.alertRules().remove(workload, event);
        written.remove(name(workload, event));
        if (present) {
            book.removal();
        }
        return present;
    }

    synchronized Optional<RuleRecord> find(WorkloadRef workload, String event) {
        return Optional.ofNullable(written.get(name(workload, event))).filter(this::isThere);
    }

    synchronized List<RuleRecord> owned(String owner) {
        return written.values().stream()
                .filter(rule -> rule.owner().equals(owner))
                .filter(this::isThere)
                .toList();
    }

    synchronized List<RuleRecord> all() {
        return written.values().stream().filter(this::isThere).toList();
    }

    private boolean isThere(RuleRecord rule) {
        return federation.hasRule(rule.workload(), rule.rule().id(), rule.owner());
    }

    private static String name(WorkloadRef workload, String event) {
        return workload + "/" + event;
    }
}
