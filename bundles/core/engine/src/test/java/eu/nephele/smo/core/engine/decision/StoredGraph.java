// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.decision;

import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.ServiceView.ServiceState;
import eu.nephele.smo.api.graph.Timestamps;
import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.LifecyclePolicy;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.ServiceScaling;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.model.Trigger;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.DecidedGraph.Constraints;
import eu.nephele.smo.core.contract.store.DecidedGraph.EffectiveService;
import eu.nephele.smo.core.contract.store.DecidedGraph.Provenance;
import eu.nephele.smo.core.contract.store.DecidedGraph.Transition;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.Desired.Declaration;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.ObservedGraph;
import eu.nephele.smo.core.contract.store.ObservedGraph.ObservedService;
import eu.nephele.smo.core.contract.store.RequestedPlacement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** A graph {@code p/g} as it is stored, written down for a test without a store. */
public final class StoredGraph {

    public static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private final List<ServiceSpec> services = new ArrayList<>();
    private final Map<String, String> retiring = new TreeMap<>();
    private final Map<String, ObservedService> observed = new LinkedHashMap<>();
    private final Map<String, EffectiveService> needs = new LinkedHashMap<>();
    private Optional<Placement> placement = Optional.empty();
    private Transition transition = Transition.DONE;
    private GraphPhase phase = GraphPhase.RUNNING;
    private long assignment = 1;

    /** A service that begins after those that it needs. */
    public StoredGraph service(String id, String... dependencies) {
        return add(id, new Trigger.Auto(List.of(dependencies)), "HELM", JsonObject.EMPTY);
    }

    StoredGraph device(String id) {
        return add(id, new Trigger.Auto(List.of()), "WOT", JsonObject.EMPTY);
    }

    StoredGraph withValues(String id, JsonObject values) {
        return add(id, new Trigger.Auto(List.of()), "HELM", values);
    }

    StoredGraph conditional(String id) {
        Trigger trigger = new Trigger.OnEvent(
                Trigger.Condition.ANY, List.of(new Trigger.EventRule("e", "up == 0", Duration.ZERO, "d")));
        return add(id, trigger, "HELM", JsonObject.EMPTY);
    }

    private StoredGraph add(String id, Trigger trigger, String implementer, JsonObject values) {
        Artifact artifact = new Artifact("oci://example.com/" + id, "App", implementer, "HELM", values);
        services.add(new ServiceSpec(id, trigger, artifact, Map.of(), ServiceScaling.UNSPECIFIED));
        return this;
    }

    public StoredGraph retiring(String id) {
        retiring.put(id, "HELM");
        return this;
    }

    /** Marks a service as seen in that state, with the assignment that was done last. */
    public StoredGraph seen(String id, ServiceState state, long lastAssignment) {
        observed.put(
                id, new ObservedService(state, List.of(), lastAssignment, Optional.empty(), List.of(), "about " + id));
        return this;
    }

    StoredGraph phase(GraphPhase present) {
        phase = present;
        return this;
    }

    public StoredGraph assignment(long number) {
        assignment = number;
        return this;
    }

    public StoredGraph placed(String id, Share... shares) {
        placement = Optional.of(placement.orElse(Placement.NONE).with(id, List.of(shares)));
        return this;
    }

    StoredGraph needs(String id, EffectiveService effective) {
        needs.put(id, effective);
        return this;
    }

    StoredGraph transition(Transition way) {
        transition = way;
        return this;
    }

    public static Share share(String cluster, int replicas) {
        return new Share(new ClusterId("sim", cluster), replicas);
    }

    public Graph graph() {
        return new Graph(
                new GraphId("p", "g"),
                "",
                false,
                Map.of(),
                services,
                List.of(),
                StrategySelection.UNSPECIFIED,
                StrategySelection.UNSPECIFIED,
                LifecyclePolicy.STANDARD,
                Graph.STANDARD_PRIORITY,
                JsonObject.EMPTY);
    }

    public Desired desired() {
        return new Desired(
                new GraphId("p", "g"),
                1,
                1,
                DesiredState.RUNNING,
                new Declaration(
                        JsonObject.EMPTY,
                        services.stream().map(ServiceSpec::id).toList(),
                        StrategyOverride.NONE,
                        1,
                        List.of()),
                false,
                RequestedPlacement.of(1, PlaceRequest.replace()),
                Set.of(),
                retiring,
                Map.of(),
                false,
                Timestamps.from(NOW));
    }

    DecidedGraph decided() {
        return new DecidedGraph(
                1,
                1,
                assignment,
                placement.orElse(Placement.NONE),
                transition,
                Optional.empty(),
                Map.of(),
                List.of(),
                new Constraints(needs, OptionalInt.empty(), "", List.of()),
                Provenance.NONE,
                NOW);
    }

    /** The deployed state: as declared and decided. */
    DeployedGraph deployed() {
        return DeployedGraph.of(graph(), decided());
    }

    public GraphRecord record() {
        return new GraphRecord(
                desired(),
                placement.map(any -> decided()),
                new ObservedGraph(phase, List.of(), observed, 1, 1, 1, List.of()));
    }
}
