// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance;

import eu.nephele.smo.api.intent.Requirements;
import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.ReplicaDivision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** Records the calls of an intent handler: one line per call, with resources and cluster rules in detail. Not thread-safe. */
public final class RecordingRequirements implements Requirements {

    private final List<String> calls = new ArrayList<>();
    private final Map<String, Resources> resources = new HashMap<>();
    private final List<RecordedRule> rules = new ArrayList<>();
    private final List<RecordedRule> preferences = new ArrayList<>();
    private int warnings;
    private Optional<String> beyondLimits = Optional.empty();

    private record RecordedRule(String service, BiPredicate<ClusterState, ClusterSignals> clusters, String why) {}

    /**
     * The calls in their order: the name of the method and its arguments, separated by blanks, for example {@code apart a b},
     * {@code allowOnly a: why}, {@code replicas a 2..} (no maximum); of {@code resources} only the service, of
     * {@code keepPlacement} no argument.
     */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /** Effective resources of one replica, by service. */
    public Map<String, Resources> resources() {
        return Map.copyOf(resources);
    }

    /** Reasons why the cluster is not allowed, one per rule that it breaks; empty when it is allowed. */
    public List<String> refusals(String service, ClusterState cluster) {
        return refusals(service, cluster, ClusterSignals.UNKNOWN);
    }

    /** Reasons for a cluster with these signals. */
    public List<String> refusals(String service, ClusterState cluster, ClusterSignals signals) {
        return broken(rules, service, cluster, signals);
    }

    private static List<String> broken(
            List<RecordedRule> rules, String service, ClusterState cluster, ClusterSignals signals) {
        return rules.stream()
                .filter(rule ->
                        rule.service().equals(service) && !rule.clusters().test(cluster, signals))
                .map(RecordedRule::why)
                .toList();
    }

    /**
     * The first violation of {@link AnswerLimits}, for people; empty when all limits are kept. A server rejects everything of a
     * handler that exceeds them.
     */
    public Optional<String> beyondLimits() {
        return beyondLimits;
    }

    private void add(String call) {
        calls.add(call);
        if (calls.size() > AnswerLimits.REQUIREMENTS) {
            beyond("says more than %d things about one intent".formatted(AnswerLimits.REQUIREMENTS));
        }
    }

    private void check(String what, String text, int mostCharacters) {
        AnswerLimits.flaw(what, text, mostCharacters).ifPresent(this::beyond);
    }

    private void beyond(String what) {
        beyondLimits = beyondLimits.or(() -> Optional.of(what));
    }

    @Override
    public void resources(String service, Resources perReplica) {
        AnswerLimits.flaw(perReplica).ifPresent(this::beyond);
        add("resources " + service);
        resources.put(service, perReplica);
    }

    @Override
    public void allowOnly(String service, Predicate<ClusterState> clusters, String why) {
        allowOnly(service, (cluster, signals) -> clusters.test(cluster), why);
    }

    @Override
    public void allowOnly(String service, BiPredicate<ClusterState, ClusterSignals> clusters, String why) {
        check("a reason", why, AnswerLimits.REASON_CHARACTERS);
        add("allowOnly %s: %s".formatted(service, why));
        rules.add(new RecordedRule(service, clusters, why));
    }

    @Override
    public void prefer(String service, BiPredicate<ClusterState, ClusterSignals> clusters, double weight, String why) {
        check("a reason", why, AnswerLimits.REASON_CHARACTERS);
        add("prefer %s %s: %s".formatted(service, weight, why));
        preferences.add(new RecordedRule(service, clusters, why));
    }

    /** Preferences that the cluster with these signals does not fulfil, by their reasons. */
    public List<String> preferencesAgainst(String service, ClusterState cluster, ClusterSignals signals) {
        return broken(preferences, service, cluster, signals);
    }

    @Override
    public void shareLabel(Set<String> services, String label, String why) {
        check("a reason", why, AnswerLimits.REASON_CHARACTERS);
        check("the name of a label", label, AnswerLimits.RESOURCE_NAME_CHARACTERS);
        add("shareLabel %s %s: %s".formatted(new TreeSet<>(services), label, why));
    }

    @Override
    public void nextTo(String service, String graph, String other) {
        add("nextTo %s %s/%s".formatted(service, graph, other));
    }

    @Override
    public void assumeLatency(String label, double millis) {
        check("the name of a label", label, AnswerLimits.RESOURCE_NAME_CHARACTERS);
        add("assumeLatency %s %s".formatted(label, millis));
    }

    @Override
    public void together(Set<String> services) {
        add("together " + services);
    }

    @Override
    public void apart(String one, String other) {
        add("apart %s %s".formatted(one, other));
    }

    @Override
    public void maxLatency(String from, String to, double millis) {
        add("maxLatency %s %s %s".formatted(from, to, millis));
    }

    @Override
    public void spread(String service, ReplicaDivision division) {
        add("spread %s %d%s".formatted(service, division.overClusters(), limits(division)));
    }

    private static String limits(ReplicaDivision division) {
        if (division.equals(ReplicaDivision.over(division.overClusters()))) {
            return "";
        }
        return " %d-%d surviving %d %s %s"
                .formatted(
                        division.minPerCluster(),
                        division.maxPerCluster(),
                        division.survivingPercent(),
                        division.proportion(),
                        new TreeMap<>(division.weights()));
    }

    @Override
    public void replicas(String service, OptionalInt min, OptionalInt max) {
        add("replicas %s %s".formatted(service, bounds(min, max)));
    }

    @Override
    public void totalReplicas(OptionalInt min, OptionalInt max) {
        add("totalReplicas " + bounds(min, max));
    }

    @Override
    public void weight(String objective, ObjectiveWeight weight) {
        check("the name of an objective", objective, AnswerLimits.NAME_CHARACTERS);
        add("weight %s %s".formatted(objective, weight.weight()));
    }

    @Override
    public void keepPlacement(String why) {
        check("a reason", why, AnswerLimits.REASON_CHARACTERS);
        add("keepPlacement");
    }

    @Override
    public void warn(String message) {
        check("a warning", message, AnswerLimits.WARNING_CHARACTERS);
        if (++warnings > AnswerLimits.WARNINGS) {
            beyond("warns more than %d times about one intent".formatted(AnswerLimits.WARNINGS));
        }
        add("warn " + message);
    }

    private static String bounds(OptionalInt min, OptionalInt max) {
        return "%s..%s".formatted(text(min), text(max));
    }

    private static String text(OptionalInt bound) {
        return bound.isPresent() ? Integer.toString(bound.getAsInt()) : "";
    }
}
