// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.world;

import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.remote.wire.Messages.RuleRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Alert rules as they are written, without looking whether that changes anything; notes it when it does not. */
final class RuleDesk {

    private final WriteBook book;
    private final Map<String, RuleRecord> rules = new TreeMap<>();

    RuleDesk(WriteBook book) {
        this.book = book;
    }

    synchronized void write(RuleRecord rule) {
        RuleRecord before = rules.put(name(rule.workload(), rule.rule().id()), rule);
        book.rule();
        if (rule.equals(before)) {
            book.doubled("rule " + name(rule.workload(), rule.rule().id()));
        }
    }

    /** @return whether there was anything to remove */
    synchronized boolean remove(WorkloadRef workload, String event) {
        boolean present = rules.remove(name(workload, event)) != null;
        if (present) {
            book.removal();
        }
        return present;
    }

    synchronized Optional<RuleRecord> find(WorkloadRef workload, String event) {
        return Optional.ofNullable(rules.get(name(workload, event)));
    }

    synchronized List<RuleRecord> owned(String owner) {
        return rules.values().stream()
                .filter(rule -> rule.owner().equals(owner))
                .toList();
    }

    synchronized List<RuleRecord> all() {
        return List.copyOf(rules.values());
    }

    private static String name(WorkloadRef workload, String event) {
        return workload + "/" + event;
    }
}
