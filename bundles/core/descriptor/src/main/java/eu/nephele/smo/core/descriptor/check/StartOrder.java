// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks whether the services can be started one after the other, dependencies first. Without recursion: chains may be long.
 */
final class StartOrder {

    private final DescriptorServices services;
    private final ValidationFindings findings;
    private final Set<Integer> done = new HashSet<>();

    StartOrder(DescriptorServices services, ValidationFindings findings) {
        this.services = services;
        this.findings = findings;
    }

    void check() {
        services.forEach((index, service) -> follow(index));
        services.forEach((index, service) -> warnOfConditional(index));
    }

    private void follow(int start) {
        Set<Integer> path = new LinkedHashSet<>();
        Deque<Iterator<Integer>> open = new ArrayDeque<>();
        enter(start, path, open);
        while (!open.isEmpty()) {
            if (!open.peek().hasNext()) {
                open.pop();
                leaveLast(path);
                continue;
            }
            int next = open.peek().next();
            if (path.contains(next)) {
                report(path, next);
            } else {
                enter(next, path, open);
            }
        }
    }

    private void enter(int index, Set<Integer> path, Deque<Iterator<Integer>> open) {
        if (done.contains(index)) {
            return;
        }
        path.add(index);
        open.push(others(index).iterator());
    }

    private void leaveLast(Set<Integer> path) {
        int last = new ArrayList<>(path).get(path.size() - 1);
        path.remove(last);
        done.add(last);
    }

    private List<Integer> others(int index) {
        return services.dependencies(index).stream()
                .map(services::position)
                .filter(other -> other >= 0 && other != index)
                .toList();
    }

    private void report(Set<Integer> path, int first) {
        String pointer = DescriptorPointers.service(first) + "/deployment/trigger/auto/dependencies";
        if (!findings.cleanAt(pointer)) {
            return;
        }
        List<Integer> steps = new ArrayList<>(path);
        List<String> cycle = new ArrayList<>(steps.subList(steps.indexOf(first), steps.size()).stream()
                .map(services::id)
                .toList());
        cycle.add(services.id(first));
        String quoted = cycle.size() <= 20
                ? String.join(" -> ", cycle)
                : String.join(" -> ", cycle.subList(0, 20)) + " -> … (%d services)".formatted(cycle.size() - 1);
        findings.violation(pointer, "the services wait for each other: " + quoted);
    }

    private void warnOfConditional(int index) {
        services.dependencies(index).stream()
                .filter(services::has)
                .filter(id -> services.isConditional(services.position(id)))
                .forEach(
                        id -> findings.warning("Service %s waits for %s, which is installed only when its event happens"
                                .formatted(services.id(index), id)));
    }
}
