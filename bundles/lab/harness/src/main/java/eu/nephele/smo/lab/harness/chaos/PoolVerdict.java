// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Compares engines and balancer with what was promised of the services. */
final class PoolVerdict {

    private final ObservedPool observed;
    private final List<ChaosFinding> findings = new ArrayList<>();

    private PoolVerdict(ObservedPool observed) {
        this.observed = observed;
    }

    /**
     * Returns the deviations.
     *
     * @param unknown names of services of which nothing is promised any more
     */
    static List<ChaosFinding> judge(
            Collection<PromisedService> promised, Predicate<String> unknown, ObservedPool observed) {
        PoolVerdict verdict = new PoolVerdict(observed);
        promised.stream().filter(service -> !unknown.test(service.name())).forEach(verdict::service);
        Set<String> names = promised.stream().map(PromisedService::name).collect(Collectors.toSet());
        verdict.strangers(names, unknown);
        return verdict.findings;
    }

    private void service(PromisedService service) {
        List<ObservedContainer> mine = observed.containersOf(service.name());
        List<ObservedContainer> running =
                mine.stream().filter(ObservedContainer::isRunning).toList();
        number(service, running);
        for (ObservedContainer container : running) {
            if (!container.image().equals(service.image())) {
                findings.add(ChaosFinding.lost(service.name(), "the image " + service.image(), container.toString()));
            }
            if (container.made().plusSeconds(1).isBefore(service.times().replaced())) {
                findings.add(ChaosFinding.lost(
                        service.name(),
                        "containers made after " + service.times().replaced(),
                        container.toString()));
            }
        }
        idle(mine);
        entries(service.name(), running);
    }

    private void number(PromisedService service, List<ObservedContainer> running) {
        String expected = "%d containers".formatted(service.replicas());
        if (running.size() < service.replicas()) {
            findings.add(ChaosFinding.lost(service.name(), expected, running.toString()));
        } else if (running.size() > service.replicas()) {
            findings.add(ChaosFinding.doubled(service.name(), expected, running.toString()));
        }
    }

    /** Beside replicas, a server has at most one spare of a service. */
    private void idle(List<ObservedContainer> mine) {
        Set<String> withSpare = new HashSet<>();
        for (ObservedContainer container : mine) {
            boolean spare = container.isSpare() && !container.isRunning();
            boolean left = spare ? !withSpare.add(container.server()) : !container.isRunning() || container.isSpare();
            if (left) {
                findings.add(ChaosFinding.orphaned(
                        container.service(), "replicas that run, and one spare per server", container.toString()));
            }
        }
    }

    private void entries(String service, List<ObservedContainer> running) {
        TreeMap<String, List<BalancerEntry>> byPlace = observed.entriesOf(service).stream()
                .collect(Collectors.groupingBy(BalancerEntry::place, TreeMap::new, Collectors.toList()));
        for (ObservedContainer container : running) {
            List<BalancerEntry> its = byPlace.getOrDefault(container.place(), List.of());
            if (its.isEmpty()) {
                findings.add(ChaosFinding.lost(service, "an entry of the balancer for " + container, "none"));
            } else if (its.size() > 1) {
                findings.add(
                        ChaosFinding.doubled(service, "one entry of the balancer for " + container, its.toString()));
            } else if (!its.get(0).isUp()) {
                findings.add(ChaosFinding.stuck(service, "the balancer uses " + container, its.toString()));
            }
            byPlace.remove(container.place());
        }
        byPlace.values()
                .forEach(its -> findings.add(ChaosFinding.doubled(
                        service, "entries of the balancer for containers that run", its.toString())));
    }

    private void strangers(Set<String> promised, Predicate<String> unknown) {
        observed.containers().stream()
                .filter(container -> !promised.contains(container.service()) && !unknown.test(container.service()))
                .forEach(container -> findings.add(ChaosFinding.orphaned(
                        container.name(), "no container: no service has it", container.toString())));
        Set<String> backends = new TreeSet<>(observed.backends());
        promised.forEach(name -> backends.remove(BalancerEntry.backendOf(name)));
        backends.removeIf(backend -> unknown.test(backend.substring(backend.lastIndexOf(':') + 1)));
        backends.forEach(backend ->
                findings.add(ChaosFinding.orphaned(backend, "no backend: no service has it", "one in the balancer")));
    }
}
