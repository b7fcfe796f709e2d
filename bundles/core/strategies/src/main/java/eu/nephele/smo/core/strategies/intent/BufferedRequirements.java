// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.intent;

import eu.nephele.smo.api.intent.Requirements;
import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.core.contract.decision.TranslatedIntents.ServicePreference;
import eu.nephele.smo.core.contract.decision.TranslatedIntents.SharedLabel;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Buffers the requirements of one handler for one intent. They count only when the handler returns: half a constraint
 * is none. Predicates of the handler are evaluated at once, while its call is guarded.
 */
final class BufferedRequirements implements Requirements {
    private final Graph graph;
    private final ClusterView view;
    private final List<Consumer<CollectedRequirements>> notes = new ArrayList<>();
    private int warnings;
    private Optional<String> flaw = Optional.empty();

    BufferedRequirements(Graph graph, ClusterView view) {
        this.graph = graph;
        this.view = view;
    }

    /** Its handler exceeds the limits of an answer: a fault of the code, not of the value. */
    static final class TooMuch extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        TooMuch(String message) {
            super(message);
        }
    }

    private void forward(Consumer<CollectedRequirements> note) {
        if (notes.size() >= AnswerLimits.REQUIREMENTS) {
            refuse("says more than %d things about one intent".formatted(AnswerLimits.REQUIREMENTS));
        }
        notes.add(note);
    }

    private void check(String what, String text, int mostCharacters) {
        AnswerLimits.flaw(what, text, mostCharacters).ifPresent(this::refuse);
    }

    private void refuse(String why) {
        flaw = Optional.of(why);
        throw new TooMuch(why);
    }

    /** Returns the exceeded limit, even if the handler ignored the exception. */
    Optional<String> flaw() {
        return flaw;
    }

    List<Consumer<CollectedRequirements>> notes() {
        return List.copyOf(notes);
    }

    @Override
    public void resources(String service, Resources perReplica) {
        known(service);
        AnswerLimits.flaw(perReplica).ifPresent(this::refuse);
        forward(collected -> collected.resources(service, perReplica));
    }

    @Override
    public void allowOnly(String service, Predicate<ClusterState> matches, String why) {
        allowOnly(service, (cluster, signals) -> matches.test(cluster), why);
    }

    @Override
    public void allowOnly(String service, BiPredicate<ClusterState, ClusterSignals> matches, String why) {
        known(service);
        check("a reason", why, AnswerLimits.REASON_CHARACTERS);
        forbid(service, view.against(matches).map(ClusterState::id).toList(), why);
    }

    private void forbid(String service, List<ClusterId> refused, String why) {
        forward(collected -> refused.forEach(cluster -> collected.forbid(service, cluster, why)));
    }

    @Override
    public void prefer(String service, BiPredicate<ClusterState, ClusterSignals> matches, double weight, String why) {
        known(service);
        check("a reason", why, AnswerLimits.REASON_CHARACTERS);
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("weight %s of a preference, expected more than 0".formatted(weight));
        }
        Set<ClusterId> against = view.against(matches).map(ClusterState::id).collect(Collectors.toSet());
        forward(collected -> collected.prefer(new ServicePreference(service, weight, why, against)));
    }

    @Override
    public void shareLabel(Set<String> services, String label, String why) {
        services.forEach(this::known);
        check("a reason", why, AnswerLimits.REASON_CHARACTERS);
        check("the name of a label", label, AnswerLimits.RESOURCE_NAME_CHARACTERS);
        Set<String> group = new TreeSet<>(services);
        forward(collected -> collected.shareLabel(new SharedLabel(group, label, why)));
    }

    @Override
    public void nextTo(String service, String otherGraph, String other) {
        known(service);
        OtherService beside = new OtherService(new GraphId(graph.id().project(), otherGraph), other);
        Set<ClusterId> there = beside.clusters(view.others());
        String why = AnswerLimits.cut(beside.why(there), AnswerLimits.REASON_CHARACTERS);
        forbid(
                service,
                view.against((cluster, signals) -> there.contains(cluster.id()))
                        .map(ClusterState::id)
                        .toList(),
                why);
    }

    @Override
    public void assumeLatency(String label, double millis) {
        check("the name of a label", label, AnswerLimits.RESOURCE_NAME_CHARACTERS);
        if (!(millis >= 0) || Double.isInfinite(millis)) {
            throw new IllegalArgumentException("latency %s, expected 0 ms or more".formatted(millis));
        }
        forward(collected -> collected.assumeLatency(label, millis));
    }

    @Override
    public void together(Set<String> services) {
        services.forEach(this::known);
        Set<String> group = new TreeSet<>(services);
        forward(collected -> collected.together(group));
    }

    @Override
    public void apart(String one, String other) {
        known(one);
        known(other);
        if (one.equals(other)) {
            throw new IllegalArgumentException("service '%s' cannot be kept apart from itself".formatted(one));
        }
        forward(collected -> collected.apart(one, other));
    }

    @Override
    public void maxLatency(String from, String to, double millis) {
        known(from);
        known(to);
        if (!(millis >= 0)) {
            throw new IllegalArgumentException("latency limit %s, expected 0 ms or more".formatted(millis));
        }
        forward(collected -> collected.maxLatency(from, to, millis));
    }

    @Override
    public void spread(String service, ReplicaDivision division) {
        known(service);
        forward(collected -> collected.spread(service, division));
    }

    @Override
    public void replicas(String service, OptionalInt min, OptionalInt max) {
        known(service);
        forward(collected -> collected.replicas(service, min, max));
    }

    @Override
    public void totalReplicas(OptionalInt min, OptionalInt max) {
        forward(collected -> collected.totalReplicas(min, max));
    }

    @Override
    public void weight(String objective, ObjectiveWeight weight) {
        check("the name of an objective", objective, AnswerLimits.NAME_CHARACTERS);
        forward(collected -> collected.weight(objective, weight));
    }

    @Override
    public void keepPlacement(String why) {
        check("a reason", why, AnswerLimits.REASON_CHARACTERS);
        forward(collected -> collected.keepPlacement(why));
    }

    @Override
    public void warn(String message) {
        check("a warning", message, AnswerLimits.WARNING_CHARACTERS);
        if (++warnings > AnswerLimits.WARNINGS) {
            refuse("warns more than %d times about one intent".formatted(AnswerLimits.WARNINGS));
        }
        forward(collected -> collected.warn(message));
    }

    private void known(String service) {
        if (graph.service(service).isEmpty()) {
            throw new IllegalArgumentException("service '%s' is not part of the graph".formatted(service));
        }
    }
}
