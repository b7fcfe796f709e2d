// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.infrastructure;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.port.InfrastructureProvider.Infrastructure;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Observed infrastructure, and the latest calls of its provider: a parsed observed document.
 *
 * @param provider that it is of; "" before it is there
 * @param there as it was reported last; its status is "" when only its id is known
 * @param effects the last call of each sort
 */
record ObservedInfrastructure(
        String provider, Optional<Infrastructure> there, Map<ProviderEffect.ProviderAction, ProviderEffect> effects) {

    private static final String EFFECTS = "asked";

    ObservedInfrastructure {
        Map<ProviderEffect.ProviderAction, ProviderEffect> ordered = new EnumMap<>(ProviderEffect.ProviderAction.class);
        ordered.putAll(effects);
        effects = Collections.unmodifiableMap(ordered);
    }

    static ObservedInfrastructure from(JsonObject observed) {
        Map<ProviderEffect.ProviderAction, ProviderEffect> effects = new EnumMap<>(ProviderEffect.ProviderAction.class);
        JsonFieldReader fields = new JsonFieldReader(observed);
        JsonFieldReader known =
                new JsonFieldReader(fields.optionalObject(EFFECTS).orElse(JsonObject.EMPTY));
        for (ProviderEffect.ProviderAction action : ProviderEffect.ProviderAction.values()) {
            known.optionalFields(member(action))
                    .ifPresent(effect -> effects.put(action, ProviderEffect.of(action, effect)));
        }
        return new ObservedInfrastructure(
                fields.optionalText("provider").orElse(""),
                fields.optionalText("id")
                        .map(id -> new Infrastructure(id, fields.text("status"), fields.object("details"))),
                effects);
    }

    JsonObject toJson() {
        JsonObject json = JsonObject.EMPTY;
        if (there.isPresent()) {
            json = json.with("provider", new JsonString(provider))
                    .with("id", new JsonString(there.get().id()))
                    .with("status", new JsonString(kept(there.get().status())))
                    .with("details", there.get().details());
        }
        if (!effects.isEmpty()) {
            JsonObject asked = JsonObject.EMPTY;
            for (ProviderEffect effect : effects.values()) {
                asked = asked.with(member(effect.action()), effect.toJson());
            }
            json = json.with(EFFECTS, asked);
        }
        return json;
    }

    private static String member(ProviderEffect.ProviderAction action) {
        return action.name().toLowerCase(Locale.ROOT);
    }

    Optional<ProviderEffect> effect(ProviderEffect.ProviderAction action) {
        return Optional.ofNullable(effects.get(action));
    }

    Optional<String> maker() {
        return effect(ProviderEffect.ProviderAction.CREATE)
                .flatMap(ProviderEffect::order)
                .map(ProviderEffect.EffectOrder::provider);
    }

    ObservedInfrastructure without(ProviderEffect.ProviderAction action) {
        Map<ProviderEffect.ProviderAction, ProviderEffect> less = new EnumMap<>(ProviderEffect.ProviderAction.class);
        less.putAll(effects);
        less.remove(action);
        return new ObservedInfrastructure(provider, there, less);
    }

    ObservedInfrastructure with(ProviderEffect effect) {
        Map<ProviderEffect.ProviderAction, ProviderEffect> more = new EnumMap<>(ProviderEffect.ProviderAction.class);
        more.putAll(effects);
        more.put(effect.action(), effect);
        return new ObservedInfrastructure(provider, there, more);
    }

    ObservedInfrastructure with(String of, Infrastructure now) {
        return new ObservedInfrastructure(of, Optional.of(now), effects);
    }

    /** No database keeps a NUL in a text. */
    static String kept(String text) {
        return text.replace('\0', ' ');
    }
}
