// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.infrastructure;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import java.util.Optional;

/**
 * Latest call of one sort to a provider.
 *
 * @param asked exact request, to be compared
 * @param generation of the resource that it was begun or ended for
 * @param recognised whether the provider knows its key again, so that it can be repeated
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

    /** @param wish by the provider's own schema */
    record EffectOrder(String provider, JsonObject wish) {

        private static Optional<EffectOrder> parse(JsonFieldReader fields) {
            return fields.optionalObject("wish").map(wish -> new EffectOrder(fields.text("provider"), wish));
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
        JsonFieldWriter fields = new JsonFieldWriter()
                .put("asked", asked)
                .put("state", state.name())
                .put("generation", generation)
                .put("recognised", recognised);
        refusal.ifPresent(why -> fields.put("problem", why.toJson()));
        order.ifPresent(what -> fields.put("provider", what.provider()).put("wish", what.wish()));
        return fields.object();
    }

    static ProviderEffect of(ProviderAction action, JsonFieldReader fields) {
        return new ProviderEffect(
                action,
                fields.text("asked"),
                EffectState.valueOf(fields.text("state")),
                fields.number("generation"),
                fields.flag("recognised"),
                fields.optionalFields("problem").map(ProviderFailure::from),
                EffectOrder.parse(fields));
    }
}
