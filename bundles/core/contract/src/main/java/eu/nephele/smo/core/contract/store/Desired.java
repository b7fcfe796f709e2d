// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.ServiceSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the user wants of a graph.
 *
 * @param id project and name
 * @param generation rises with each accepted change of descriptor or run state, from 1
 * @param revision optimistic lock: the number that a writer has to know
 * @param state wanted run state
 * @param descriptor the value below {@code hdaGraph}, as sent
 * @param services ids of the services, in descriptor order; unique within the project
 * @param provisional true until the first decision when nothing shall be kept if there is no room
 * @param override wishes of the request that deployed it
 * @param wish the decision asked for last
 * @param activated conditional services whose event has happened since the last start
 * @param retiring services that a former descriptor had and that are not gone yet: id → artifact type; their ids stay taken
 * @param paused whether nothing happens to the graph by itself
 * @param descriptorRevision number of the descriptor, see {@link RevisionStore}
 * @param warnings what the reader of the descriptor had to say
 * @param createdAt when it was accepted first
 * @param updatedAt when this changed last
 */
public record Desired(
        GraphId id,
        long generation,
        long revision,
        DesiredState state,
        JsonObject descriptor,
        List<String> services,
        boolean provisional,
        StrategyOverride override,
        DecisionWish wish,
        Set<String> activated,
        Map<String, String> retiring,
        boolean paused,
        long descriptorRevision,
        List<String> warnings,
        Instant createdAt,
        Instant updatedAt) {

    public Desired {
        services = List.copyOf(services);
        activated = Set.copyOf(activated);
        retiring = Map.copyOf(retiring);
        warnings = List.copyOf(warnings);
    }

    /** Whether a service waits for the event that starts it, and is not to run before. */
    public boolean awaitsTrigger(ServiceSpec service) {
        return service.trigger().isConditional() && !activated.contains(service.id());
    }

    /** The same once it was decided: from then on it is kept, whatever happens. */
    public Desired kept() {
        return with(descriptor, false, createdAt, updatedAt);
    }

    /** The same at other times. */
    public Desired at(Instant created, Instant updated) {
        return with(descriptor, provisional, created, updated);
    }

    /** The same without the descriptor, whose size is up to users: for those who keep many at once. */
    public Desired withoutDescriptor() {
        return with(JsonObject.EMPTY, provisional, createdAt, updatedAt);
    }

    private Desired with(JsonObject other, boolean ifDecided, Instant created, Instant updated) {
        return new Desired(
                id,
                generation,
                revision,
                state,
                other,
                services,
                ifDecided,
                override,
                wish,
                activated,
                retiring,
                paused,
                descriptorRevision,
                warnings,
                created,
                updated);
    }
}
