// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.intent;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.lab.conformance.RecordingRequirements;
import eu.nephele.smo.lab.conformance.run.FlawException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Effect of one intent, as reported by a handler. */
record IntentMeaning(
        List<String> calls, Map<String, Resources> resources, List<String> refusals, Optional<String> refused) {

    private static final List<ClusterState> CLUSTERS = List.of(
            cluster("c1", Map.of()),
            cluster("filter", Map.of("topology.kubernetes.io/region", "eu-west")),
            cluster("edge", Map.of("filter", "filter", "tier", "edge")));

    /** Applies the intent. This method runs code of the handler. */
    static IntentMeaning of(IntentHandler handler, Intent intent) {
        RecordingRequirements requirements = new RecordingRequirements();
        try {
            handler.apply(intent, requirements);
        } catch (IllegalArgumentException refusal) {
            return refused(intent, refusal.getMessage());
        }
        requirements.beyondLimits().ifPresent(flaw -> {
            throw new FlawException(
                    "%s: what the handler says is beyond the limits: %s".formatted(intent.name(), flaw));
        });
        List<String> refusals = intent.graph().services().stream()
                .flatMap(service -> CLUSTERS.stream().flatMap(cluster -> Stream.concat(
                                requirements.refusals(service.id(), cluster).stream(),
                                requirements.preferencesAgainst(service.id(), cluster, ClusterSignals.UNKNOWN).stream())
                        .map(why -> "%s on %s: %s"
                                .formatted(service.id(), cluster.id().name(), why))))
                .toList();
        return new IntentMeaning(
                requirements.calls(), new TreeMap<>(requirements.resources()), refusals, Optional.empty());
    }

    private static IntentMeaning refused(Intent intent, @Nullable String message) {
        if (message == null || message.isBlank()) {
            throw new FlawException("%s = %s: it refuses this without a message; the user needs one"
                    .formatted(intent.name(), intent.value().toJson()));
        }
        return new IntentMeaning(List.of(), Map.of(), List.of(), Optional.of(message));
    }

    private static ClusterState cluster(String name, Map<String, String> labels) {
        Resources all = new Resources(64_000, 1L << 36, 1L << 40, 1);
        return new ClusterState(
                new ClusterId("test", name),
                true,
                all,
                Resources.NONE,
                "",
                labels,
                EnergyProfile.UNKNOWN,
                Set.of(),
                Instant.EPOCH);
    }
}
