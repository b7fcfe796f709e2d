// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.graph.ReplicaHold;
import eu.nephele.smo.api.graph.Timestamps;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.ServiceSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Desired state of a graph.
 *
 * @param id project and name
 * @param generation rises with each accepted change of descriptor or run state, from 1
 * @param revision optimistic lock: the number that a writer has to know
 * @param declaration its descriptor and services
 * @param provisional true until the first decision when the graph shall be dropped if it does not fit
 * @param wish the decision that was requested last
 * @param activated conditional services whose event has happened since the last start
 * @param retiring services that a former descriptor had and that are not gone yet: id → artifact type; their ids stay
 *     taken
 * @param holds replicas that a person has set, by service; expired ones may still be there
 * @param paused whether automatic changes of the graph are paused
 * @param times times of the first acceptance and of the last change
 */
public record Desired(
        GraphId id,
        long generation,
        long revision,
        DesiredState state,
        Declaration declaration,
        boolean provisional,
        RequestedPlacement wish,
        Set<String> activated,
        Map<String, String> retiring,
        Map<String, ReplicaHold> holds,
        boolean paused,
        Timestamps times) {

    public Desired {
        activated = Set.copyOf(activated);
        retiring = Map.copyOf(retiring);
        holds = Map.copyOf(holds);
    }

    /**
     * A graph as it was declared last.
     *
     * @param descriptor the value below {@code hdaGraph}, as sent
     * @param services ids of the services, in descriptor order; unique within the project
     * @param priority who gets the room when there is not enough: the higher number
     * @param override selections and settings of the request that deployed it
     * @param revision number of the descriptor, see {@link RevisionStore}
     * @param warnings warnings of the reader of the descriptor
     */
    public record Declaration(
            JsonObject descriptor,
            List<String> services,
            int priority,
            StrategyOverride override,
            long revision,
            List<String> warnings) {

        public Declaration {
            services = List.copyOf(services);
            warnings = List.copyOf(warnings);
        }

        /** Of a graph of the standard priority. */
        public Declaration(
                JsonObject descriptor,
                List<String> services,
                StrategyOverride override,
                long revision,
                List<String> warnings) {
            this(descriptor, services, Graph.STANDARD_PRIORITY, override, revision, warnings);
        }
    }

    /** Returns whether a service waits for the event that starts it, and is not to run before. */
    public boolean awaitsTrigger(ServiceSpec service) {
        return service.trigger().isConditional() && !activated.contains(service.id());
    }

    /** The same once it was decided: from then on it is kept, whatever happens. */
    public Desired kept() {
        return with(false, times);
    }

    /** The same at other times. */
    public Desired at(Timestamps other) {
        return with(provisional, other);
    }

    private Desired with(boolean ifDecided, Timestamps since) {
        return new Desired(
                id,
                generation,
                revision,
                state,
                declaration,
                ifDecided,
                wish,
                activated,
                retiring,
                holds,
                paused,
                since);
    }
}
