// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rules;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentValues;
import eu.nephele.smo.api.intent.Requirements;
import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an intent means when it has a value.
 *
 * @param when the value, or some members of it; empty for any value
 * @param then as the file has it, valid by the schema
 */
record Rule(Optional<JsonValue> when, IntentValues then) {

    private static final double PREFERENCE_WEIGHT = 10;

    static Rule of(IntentValues rule) {
        Rule read = new Rule(rule.object().get("when"), rule);
        read.bounds("replicas");
        read.bounds("totalReplicas");
        read.refuseContradictions();
        return read;
    }

    /** @throws IllegalArgumentException when no graph could ever keep it */
    private void refuseContradictions() {
        boolean divided = then.number("overClusters").orElse(1) > 1;
        if (then.flag("together") && (then.flag("apart") || divided)) {
            throw new IllegalArgumentException("%s: all services on one cluster, and %s"
                    .formatted(then.at("together"), divided ? "each on several" : "no two on one"));
        }
        int most =
                bounds("replicas").map(Bounds::max).orElse(OptionalInt.empty()).orElse(Integer.MAX_VALUE);
        if (then.number("overClusters").orElse(1) > most) {
            throw new IllegalArgumentException("%s: more clusters than replicas".formatted(then.at("overClusters")));
        }
        for (String part : List.of("allow", "prefer")) {
            then.child(part).ifPresent(Rule::refuseNowhere);
        }
    }

    private static void refuseNowhere(IntentValues clusters) {
        List<String> allowed = clusters.texts("clusters");
        if (!allowed.isEmpty() && Set.copyOf(clusters.texts("excludeClusters")).containsAll(allowed)) {
            throw new IllegalArgumentException(
                    "%s: all clusters are excluded".formatted(clusters.at("excludeClusters")));
        }
    }

    boolean matches(JsonValue value) {
        return when.map(wanted -> contains(value, wanted)).orElse(true);
    }

    private static boolean contains(JsonValue value, JsonValue wanted) {
        Optional<JsonObject> members = wanted.asObject();
        if (members.isEmpty()) {
            return value.canonical().equals(wanted.canonical());
        }
        return value.asObject().isPresent()
                && members.get().members().entrySet().stream().allMatch(member -> value.asObject()
                        .flatMap(object -> object.get(member.getKey()))
                        .map(there -> contains(there, member.getValue()))
                        .orElse(false));
    }

    void apply(Intent intent, Requirements requirements) {
        List<String> services = IntentValues.services(intent);
        then.child("allow")
                .map(ClusterCondition::of)
                .ifPresent(condition -> services.forEach(
                        service -> requirements.allowOnly(service, condition, why("%s: only %s", intent, condition))));
        then.child("prefer").ifPresent(preference -> prefer(intent, services, preference, requirements));
        then.child("weights").ifPresent(weights -> weights.object()
                .members()
                .keySet()
                .forEach(objective -> requirements.weight(
                        objective, ObjectiveWeight.of(weights.number(objective).orElse(0)))));
        bounds("replicas")
                .ifPresent(bounds ->
                        services.forEach(service -> requirements.replicas(service, bounds.min(), bounds.max())));
        bounds("totalReplicas").ifPresent(bounds -> requirements.totalReplicas(bounds.min(), bounds.max()));
        integer(then, "overClusters")
                .ifPresent(clusters -> services.forEach(service -> requirements.spread(service, clusters)));
        neighbours(intent, requirements);
        if (then.flag("keepPlacement")) {
            requirements.keepPlacement(intent.name() + ": only a failover moves this graph");
        }
        then.text("warn").ifPresent(text -> requirements.warn(intent.name() + ": " + text));
    }

    private static void prefer(
            Intent intent, List<String> services, IntentValues preference, Requirements requirements) {
        ClusterCondition condition = ClusterCondition.of(preference);
        double weight = preference.number("weight").orElse(PREFERENCE_WEIGHT);
        services.forEach(
                service -> requirements.prefer(service, condition, weight, why("%s: rather %s", intent, condition)));
    }

    private static String why(String format, Intent intent, ClusterCondition condition) {
        return AnswerLimits.cut(format.formatted(intent.name(), condition.text()), AnswerLimits.REASON_CHARACTERS);
    }

    /** Of a service: it and all others of the graph. */
    private void neighbours(Intent intent, Requirements requirements) {
        List<String> all =
                intent.graph().services().stream().map(service -> service.id()).toList();
        // also of one service: its replicas may be divided over clusters
        then.text("shareLabel")
                .ifPresent(label -> requirements.shareLabel(
                        new TreeSet<>(all), label, "%s: one value of %s".formatted(intent.name(), label)));
        if (all.size() < 2) {
            return;
        }
        if (then.flag("together")) {
            requirements.together(new TreeSet<>(all));
        }
        if (then.flag("apart")) {
            for (String one : IntentValues.services(intent)) {
                all.stream().filter(other -> !other.equals(one)).forEach(other -> requirements.apart(one, other));
            }
        }
    }

    private record Bounds(OptionalInt min, OptionalInt max) {}

    private Optional<Bounds> bounds(String member) {
        Optional<Bounds> bounds =
                then.child(member).map(value -> new Bounds(integer(value, "min"), integer(value, "max")));
        bounds.filter(both -> both.min().orElse(0) > both.max().orElse(Integer.MAX_VALUE))
                .ifPresent(wrong -> {
                    throw new IllegalArgumentException("%s: min is more than max".formatted(then.at(member)));
                });
        return bounds;
    }

    private static OptionalInt integer(IntentValues value, String member) {
        OptionalDouble number = value.number(member);
        return number.isPresent() ? OptionalInt.of((int) number.getAsDouble()) : OptionalInt.empty();
    }
}
