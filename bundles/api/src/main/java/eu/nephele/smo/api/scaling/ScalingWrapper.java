// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.scaling;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Keep;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A scaling strategy that builds on another one: it changes what the other is asked, as other demand or narrower bounds. Publish it as a
 * {@link ScalingStrategy}. The other strategy is chosen by the parameter {@link #BASE}, of type {@link Base}; it may build on a third
 * one. Without it the configured strategy is the base, or that with the id {@code optimal}. Both are called in turn, never by each
 * other, so each can be exchanged, and a fault of this one leaves the base with the unchanged problem.
 */
@ConsumerType
public interface ScalingWrapper extends ScalingStrategy {

    /** Component of the record of parameters that chooses the base strategy, of type {@code Optional<Base>}. */
    String BASE = "base";

    /**
     * The choice of the base strategy, as in a descriptor. Its parameters are validated by the base strategy's own schema.
     *
     * @param id strategy id
     * @param version OSGi version range; the highest installed one when empty
     * @param parameters of the base strategy
     */
    record Base(String id, Optional<String> version, JsonObject parameters) {}

    /**
     * What the base strategy is asked instead.
     *
     * @param request the problem
     * @param context time, budget, seed, parameters
     * @return the same targets, in order
     * @throws RuntimeException only for a defect
     */
    Prepared prepare(ScalingRequest request, DecisionContext context);

    /**
     * A changed problem.
     *
     * @param targets one per target of the request, in order; of the same service and cluster, with bounds within those of the request.
     *     Replicas, resources and profile stay
     * @param notes per target, for people: what was changed and why; becomes part of the reason
     */
    record Prepared(List<ScalingTarget> targets, List<Optional<String>> notes) {

        public Prepared {
            targets = List.copyOf(targets);
            notes = List.copyOf(notes);
        }
    }

    /** Nothing, as it decides through its base. */
    @Override
    default ScalingResult scale(ScalingRequest request, DecisionContext context) {
        return new ScalingResult(request.targets().stream()
                .<Answer>map(target -> new Keep("it builds on another strategy, and there is none"))
                .toList());
    }
}
