// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.proposal;

import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceScaling;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.core.contract.decision.TranslatedIntents;
import eu.nephele.smo.core.contract.decision.TranslatedIntents.ReplicaBounds;
import eu.nephele.smo.core.contract.profile.ArtifactVersion;
import eu.nephele.smo.core.contract.profile.ServiceProfiles;
import eu.nephele.smo.core.contract.profile.ServiceProfiles.AppliedProfile;
import eu.nephele.smo.core.contract.store.DecidedGraph.EffectiveService;
import eu.nephele.smo.core.engine.context.EngineSettings;
import eu.nephele.smo.core.engine.context.EngineSettings.KnownService;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Resolves the effective values of a service from descriptor, intents, what was learned, and configuration: descriptor first. */
public final class EffectiveServiceResolver {

    private static final Resources ONE_CONTAINER = Resources.ofNames(Map.of(Resources.CONTAINERS, 1L));

    private final EngineSettings.Scaling settings;
    private final Supplier<ServiceProfiles> learned;

    /** @param learned profiles that are applied now */
    public EffectiveServiceResolver(EngineSettings.Scaling settings, Supplier<ServiceProfiles> learned) {
        this.settings = settings;
        this.learned = learned;
    }

    Map<String, EffectiveService> services(Graph graph, TranslatedIntents intents) {
        Map<String, EffectiveService> services = new LinkedHashMap<>();
        graph.services().forEach(spec -> services.put(spec.id(), service(spec, intents)));
        raise(services, intents.totalReplicas().min().orElse(0));
        return services;
    }

    /** A lower bound of the graph becomes those of its services, one replica after the other in their order. */
    private static void raise(Map<String, EffectiveService> services, int wanted) {
        int total = services.values().stream()
                .mapToInt(EffectiveService::minReplicas)
                .sum();
        boolean room = true;
        while (total < wanted && room) {
            room = false;
            for (Map.Entry<String, EffectiveService> entry : services.entrySet()) {
                EffectiveService service = entry.getValue();
                int next = service.minReplicas() + 1;
                if (total < wanted && next <= service.maxReplicas()) {
                    entry.setValue(new EffectiveService(
                            service.perReplica(), next, service.maxReplicas(), service.division()));
                    total++;
                    room = true;
                }
            }
        }
    }

    /** The profile that counts, and where it comes from: the descriptor, what was learned, the configuration, the default. */
    public AppliedProfile profile(String service, ServiceScaling scaling, ArtifactVersion artifact) {
        return scaling.profile()
                .map(profile -> new AppliedProfile(profile, "service"))
                .or(() -> learned.get().applied(artifact))
                .or(() -> known(service).map(known -> new AppliedProfile(known.profile(), "configuration")))
                .orElseGet(() -> new AppliedProfile(settings.profile(), "builtin"));
    }

    private EffectiveService service(ServiceSpec spec, TranslatedIntents intents) {
        ReplicaBounds wished = intents.replicas().getOrDefault(spec.id(), ReplicaBounds.NONE);
        int min = Math.max(
                spec.scaling().minReplicas().orElse(wished.min().isPresent() ? 0 : 1),
                wished.min().orElse(0));
        int max = spec.scaling()
                .maxReplicas()
                .orElseGet(() -> known(spec.id()).map(KnownService::maxReplicas).orElse(settings.maxReplicas()));
        int narrowed = Math.min(max, wished.max().orElse(Integer.MAX_VALUE));
        ReplicaDivision division = intents.divisions().getOrDefault(spec.id(), ReplicaDivision.WHOLE);
        // fewer could not be divided
        int least = division.atLeast(min) > Math.max(1, min) ? division.atLeast(min) : min;
        return new EffectiveService(perReplica(spec, intents), least, Math.max(least, narrowed), division);
    }

    /** A replica of an image is one container, whatever else it needs. */
    private static Resources perReplica(ServiceSpec spec, TranslatedIntents intents) {
        Resources needs = intents.perReplica().getOrDefault(spec.id(), Resources.NONE);
        return spec.artifact().isImage() ? needs.plus(ONE_CONTAINER) : needs;
    }

    private Optional<KnownService> known(String service) {
        return Optional.ofNullable(settings.profiles().get(service));
    }
}
