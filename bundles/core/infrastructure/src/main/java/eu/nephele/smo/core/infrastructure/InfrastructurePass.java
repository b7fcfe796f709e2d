// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.infrastructure;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.InfrastructureProvider.Infrastructure;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Step;
import eu.nephele.smo.api.runtime.Operation.StepState;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One pass over one resource: its desired state, its known state, and the answer. */
record InfrastructurePass(Resource resource, DesiredInfrastructure wanted, ObservedInfrastructure seen) {

    private static final Duration AT_ONCE = Duration.ofMillis(10);
    /** Interval of polling; the end of a call wakes its resource earlier. */
    private static final Duration POLL = Duration.ofSeconds(15);

    static InfrastructurePass from(Resource resource) {
        return new InfrastructurePass(
                resource,
                DesiredInfrastructure.from(resource.desired()),
                ObservedInfrastructure.from(resource.status().observed()));
    }

    InfrastructurePass with(ObservedInfrastructure now) {
        return new InfrastructurePass(resource, wanted, now);
    }

    InfrastructurePass with(ProviderEffect effect) {
        return with(seen.with(effect));
    }

    long generation() {
        return resource.generation();
    }

    /** Name of the provider that it is of, or is being made by, or shall be of. */
    String provider() {
        return seen.there().isPresent() ? seen.provider() : seen.maker().orElse(wanted.provider());
    }

    Optional<String> id() {
        return seen.there().map(Infrastructure::id).or(wanted::id);
    }

    ProviderCallRegistry.ProviderCallKey key(ProviderEffect.ProviderAction action, String asked) {
        return new ProviderCallRegistry.ProviderCallKey(resource.ref(), resource.uid(), action, asked);
    }

    Reconciled ready() {
        return log(Reconciled.ready(seen.toJson()));
    }

    Reconciled going(String message) {
        return log(Reconciled.progressing(seen.toJson(), message)).again(POLL);
    }

    /** Requeues the resource; its observation is stored before the next step. */
    Reconciled waiting(String message) {
        return log(Reconciled.progressing(seen.toJson(), message)).again(AT_ONCE);
    }

    Reconciled failed(ProviderFailure why) {
        return log(Reconciled.failed(seen.toJson(), why.message())).because(why.fault());
    }

    Reconciled kept(ProviderFailure why) {
        return log(Reconciled.kept(seen.toJson(), why.message())).because(why.fault());
    }

    Reconciled gone(String message) {
        return log(new Reconciled(Reconciled.Outcome.GONE, JsonObject.EMPTY, message, List.of(), Optional.empty()));
    }

    /** An operation shows what is done for its generation, and what is under way. */
    private Reconciled log(Reconciled answer) {
        Reconciled all = answer;
        for (ProviderEffect effect : seen.effects().values()) {
            if (effect.generation() == generation()
                    || (effect.is(ProviderEffect.EffectState.GOING) && !resource.leaving())) {
                all = all.with(step(effect));
            }
        }
        return all;
    }

    private Step step(ProviderEffect effect) {
        String where = id().map(id -> provider() + "/" + id).orElse(provider());
        return new Step(
                switch (effect.action()) {
                    case CREATE -> Operation.Action.INSTALL;
                    case SCALE -> Operation.Action.SCALE;
                    case DELETE -> Operation.Action.REMOVE;
                },
                where,
                effect.is(ProviderEffect.EffectState.DONE)
                        ? seen.there().map(Infrastructure::status).orElse("")
                        : "",
                switch (effect.state()) {
                    case GOING -> StepState.RUNNING;
                    case DONE -> StepState.DONE;
                    case FAILED -> StepState.FAILED;
                },
                effect.refusal().map(ProviderFailure::message).orElse(""));
    }
}
