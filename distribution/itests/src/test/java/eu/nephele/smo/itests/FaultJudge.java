// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import eu.nephele.smo.itests.Expected.ExpectedGraph;
import eu.nephele.smo.itests.Expected.Nothing;
import eu.nephele.smo.itests.Expected.Running;
import eu.nephele.smo.itests.Trail.PodSeen;
import eu.nephele.smo.itests.Trail.Said;
import eu.nephele.smo.itests.Trail.Seen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Compares what a server has said with what was on the clusters at the same time. Knows nothing but the two. */
record FaultJudge(Trail trail, Expected expected) {

    /** Who has just begun to wait need not know yet for what. */
    static final long MOST_SILENT_MILLIS = 1_500;

    /** Everything that is wrong, in words; empty when nothing is. */
    List<String> verdict() {
        List<String> wrong = new ArrayList<>();
        end().ifPresent(wrong::add);
        early().ifPresent(wrong::add);
        flip("phase of the graph", Said::phase, expected.phases()).ifPresent(wrong::add);
        flip("state of the service", Said::state, expected.states()).ifPresent(wrong::add);
        flip("state of the operation", Said::operation, operations()).ifPresent(wrong::add);
        dip().ifPresent(wrong::add);
        wrong.addAll(silentWaits());
        wrong.addAll(unmentioned());
        return wrong;
    }

    private List<String> operations() {
        List<String> states = new ArrayList<>(List.of("", "PENDING", "RUNNING"));
        expected.end().ifPresent(states::add);
        return states;
    }

    private Optional<String> end() {
        String last = trail.said().get(trail.said().size() - 1).operation();
        return expected.end().filter(end -> !end.equals(last)).map(end -> "The operation ends %s, expected %s: %s"
                .formatted(last, end, trail.said().get(trail.said().size() - 1).told()));
    }

    /** From the first word of success on every look at every cluster must bear it out. */
    private Optional<String> early() {
        Optional<Said> success = trail.said().stream().filter(Said::succeeded).findFirst();
        return success.flatMap(said -> disagreement(said.answered()));
    }

    /** The first look since then at which a cluster is not as it shall be. */
    Optional<String> disagreement(long since) {
        Map<String, Integer> places = trail.said().get(trail.said().size() - 1).places();
        return trail.seen().stream()
                .filter(seen -> seen.begun() >= since && !seen.silent())
                .flatMap(seen -> lacks(seen, expected.world(), places)
                        .map(what ->
                                "Success at %d ms; at %d ms %s %s".formatted(since, seen.begun(), seen.cluster(), what))
                        .stream())
                .findFirst();
    }

    private static Optional<String> lacks(Seen seen, ExpectedGraph expectedGraph, Map<String, Integer> places) {
        if (expectedGraph instanceof Running running
                && places.values().stream().mapToInt(n -> n).sum() != running.replicas()) {
            return Optional.of("has a share of %s, expected %d replicas in all".formatted(places, running.replicas()));
        }
        int replicas = expectedGraph instanceof Nothing ? 0 : places.getOrDefault(seen.cluster(), 0);
        if (replicas == 0) {
            return seen.isEmpty() ? Optional.empty() : Optional.of("still has " + seen.told());
        }
        Running running = (Running) expectedGraph;
        if (!isExactly(seen.pods(), Map.of(running.image(), (long) replicas))) {
            return Optional.of("has %s, expected %d ready of %s".formatted(seen.pods(), replicas, running.image()));
        }
        Map<String, Long> beside = running.beside().getOrDefault(seen.cluster(), Map.of());
        return isExactly(seen.beside(), beside)
                ? Optional.empty()
                : Optional.of("has beside the service %s, expected ready %s".formatted(seen.beside(), beside));
    }

    /** Whether the pods that stay are all ready, and so many of each image. */
    private static boolean isExactly(List<PodSeen> pods, Map<String, Long> byImage) {
        List<PodSeen> staying = pods.stream().filter(pod -> !pod.ending()).toList();
        return staying.stream().allMatch(PodSeen::ready)
                && staying.stream()
                        .collect(Collectors.groupingBy(PodSeen::image, Collectors.counting()))
                        .equals(byImage);
    }

    /** What is passed through must be the way that is expected, in its order. */
    private Optional<String> flip(String what, Function<Said, String> state, List<String> way) {
        List<String> passed = new ArrayList<>();
        for (Said said : trail.said()) {
            String now = state.apply(said);
            if (passed.isEmpty() || !passed.get(passed.size() - 1).equals(now)) {
                passed.add(now);
            }
        }
        int at = 0;
        for (String one : passed) {
            int found = way.subList(at, way.size()).indexOf(one);
            if (found < 0) {
                return Optional.of("The %s goes %s, expected %s".formatted(what, passed, way));
            }
            at += found + 1;
        }
        return Optional.empty();
    }

    /**
     * Looks at clusters are not simultaneous: of those before and after a look at one of them the better counts. A cluster that is
     * silent says nothing.
     */
    private Optional<String> dip() {
        List<Seen> looked = trail.seen().stream().filter(seen -> !seen.silent()).toList();
        Map<String, List<Seen>> byCluster = new TreeMap<>();
        looked.forEach(seen -> byCluster
                .computeIfAbsent(seen.cluster(), any -> new ArrayList<>())
                .add(seen));
        for (Seen seen : looked) {
            Map<String, Integer> ready = new LinkedHashMap<>();
            byCluster.forEach((cluster, looks) ->
                    ready.put(cluster, cluster.equals(seen.cluster()) ? seen.ready() : around(looks, seen.begun())));
            int all = ready.values().stream().mapToInt(n -> n).sum();
            if (all < expected.neverBelow()) {
                return Optional.of("At %d ms only %d replicas are ready, %s, expected %d at every moment"
                        .formatted(seen.begun(), all, ready, expected.neverBelow()));
            }
        }
        return Optional.empty();
    }

    private static int around(List<Seen> looks, long moment) {
        int before = 0;
        for (Seen look : looks) {
            if (look.begun() > moment) {
                return Math.max(before, look.ready());
            }
            before = look.ready();
        }
        return before;
    }

    /** Whoever waits for long without saying for what. */
    private List<String> silentWaits() {
        List<String> wrong = new ArrayList<>();
        for (String voice : List.of("operation", "graph", "service")) {
            Optional<Said> since = Optional.empty();
            for (Said said : trail.said()) {
                Optional<String> text = Optional.ofNullable(said.waits().get(voice));
                boolean names = text.filter(it -> expected.waitsFor().stream().anyMatch(it::contains))
                        .isPresent();
                if (text.isEmpty() || names) {
                    since = Optional.empty();
                    continue;
                }
                since = since.or(() -> Optional.of(said));
                long millis = said.answered() - since.get().answered();
                if (millis > MOST_SILENT_MILLIS) {
                    wrong.add("The %s waits at %d ms and names none of %s: \"%s\""
                            .formatted(voice, said.answered(), expected.waitsFor(), text.get()));
                    break;
                }
            }
        }
        return wrong;
    }

    private List<String> unmentioned() {
        TreeSet<String> said = new TreeSet<>();
        trail.said().forEach(one -> {
            said.add(one.told());
            said.addAll(one.waits().values());
        });
        return expected.mentions().stream()
                .filter(pattern -> said.stream()
                        .noneMatch(
                                text -> Pattern.compile(pattern).matcher(text).find()))
                .map(pattern -> "Nobody says \"%s\", but %s".formatted(pattern, said))
                .toList();
    }
}
