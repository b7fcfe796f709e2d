// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.infrastructure;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Latest call of one sort to a provider.
 *
 * @param asked exact request, to be compared
 * @param state its progress
 * @param generation of the resource that it was begun or ended for
 * @param recognised whether the provider knows its key again, so that it can be repeated
 * @param refusal the reason of its failure
 * @param order of a {@code CREATE} that may go on: it is repeated, whatever the desired state is meanwhile
 */
record ProviderEffect(
        ProviderAction action,
        String asked,
        EffectState state,
        long generation,
        boolean recognised,
        Optional<ProviderFailure> refusal,
        Optional<EffectOrder> order) {

    /**
     * The request and its provider.
     *
     * @param provider name of the provider
     * @param wish by the provider's own schema
     */
    record EffectOrder(String provider, JsonObject wish) {

        private static Optional<EffectOrder> parse(JsonObject json) {
            return json.get("wish")
                    .flatMap(JsonValue::asObject)
                    .map(wish -> new EffectOrder(ObservedInfrastructure.text(json, "provider"), wish));
        }
    }

    enum ProviderAction {
        CREATE,
        SCALE,
        DELETE
    }

    enum EffectState {
        /** may have been begun */
        GOING,
        DONE,
        FAILED
    }

    static ProviderEffect begun(ProviderAction action, String asked, long generation, boolean recognised) {
        return new ProviderEffect(
                action, asked, EffectState.GOING, generation, recognised, Optional.empty(), Optional.empty());
    }

    ProviderEffect by(EffectOrder what) {
        return new ProviderEffect(action, asked, state, generation, recognised, refusal, Optional.of(what));
    }

    ProviderEffect done(long now) {
        return new ProviderEffect(action, asked, EffectState.DONE, now, recognised, Optional.empty(), Optional.empty());
    }

    ProviderEffect failed(long now, ProviderFailure why) {
        return new ProviderEffect(
                action, asked, EffectState.FAILED, now, recognised, Optional.of(why), Optional.empty());
    }

    /** The wanted number of nodes, of a {@code SCALE}. */
    int nodes() {
        return Integer.parseInt(asked.substring(0, asked.indexOf(' ')));
    }

    boolean is(EffectState wanted) {
        return state == wanted;
    }

    JsonObject toJson() {
        JsonObject json = JsonObject.EMPTY
                .with("asked", new JsonString(asked))
                .with("state", new JsonString(state.name()))
                .with("generation", JsonNumber.of(generation))
                .with("recognised", new JsonBoolean(recognised));
        JsonObject told = refusal.map(why -> json.with("problem", why.toJson())).orElse(json);
        return order.map(what ->
                        told.with("provider", new JsonString(what.provider())).with("wish", what.wish()))
                .orElse(told);
    }

    static ProviderEffect of(ProviderAction action, JsonObject json) {
        return new ProviderEffect(
                action,
                ObservedInfrastructure.text(json, "asked"),
                EffectState.valueOf(ObservedInfrastructure.text(json, "state")),
                json.get("generation")
                        .flatMap(JsonValue::asNumber)
                        .map(BigDecimal::longValue)
                        .orElse(0L),
                json.get("recognised").flatMap(JsonValue::asBoolean).orElse(false),
                json.get("problem").flatMap(JsonValue::asObject).map(ProviderFailure::from),
                EffectOrder.parse(json));
    }
}
