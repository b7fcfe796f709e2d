// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.infrastructure;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.port.InfrastructureProvider.Infrastructure;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What was seen of infrastructure, and what its provider was asked for: an observed document, read.
 *
 * @param provider that it is of; "" before it is there
 * @param there as it was told last; its status is "" when only its id is known
 * @param effects what was asked for last, of each sort
 */
record Seen(String provider, Optional<Infrastructure> there, Map<Effect.Action, Effect> effects) {

    private static final String EFFECTS = "asked";

    Seen {
        Map<Effect.Action, Effect> ordered = new EnumMap<>(Effect.Action.class);
        ordered.putAll(effects);
        effects = Collections.unmodifiableMap(ordered);
    }

    static Seen of(JsonObject observed) {
        Map<Effect.Action, Effect> effects = new EnumMap<>(Effect.Action.class);
        JsonObject known = observed.get(EFFECTS).flatMap(JsonValue::asObject).orElse(JsonObject.EMPTY);
        for (Effect.Action action : Effect.Action.values()) {
            known.get(member(action))
                    .flatMap(JsonValue::asObject)
                    .ifPresent(json -> effects.put(action, Effect.of(action, json)));
        }
        return new Seen(
                text(observed, "provider"),
                observed.get("id")
                        .flatMap(JsonValue::asString)
                        .map(id -> new Infrastructure(
                                id,
                                text(observed, "status"),
                                observed.get("details")
                                        .flatMap(JsonValue::asObject)
                                        .orElse(JsonObject.EMPTY))),
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
            for (Effect effect : effects.values()) {
                asked = asked.with(member(effect.action()), effect.toJson());
            }
            json = json.with(EFFECTS, asked);
        }
        return json;
    }

    private static String member(Effect.Action action) {
        return action.name().toLowerCase(Locale.ROOT);
    }

    Optional<Effect> effect(Effect.Action action) {
        return Optional.ofNullable(effects.get(action));
    }

    /** The provider that is making it, as far as somebody is. */
    Optional<String> maker() {
        return effect(Effect.Action.CREATE).flatMap(Effect::order).map(Effect.Order::provider);
    }

    Seen without(Effect.Action action) {
        Map<Effect.Action, Effect> less = new EnumMap<>(Effect.Action.class);
        less.putAll(effects);
        less.remove(action);
        return new Seen(provider, there, less);
    }

    Seen with(Effect effect) {
        Map<Effect.Action, Effect> more = new EnumMap<>(Effect.Action.class);
        more.putAll(effects);
        more.put(effect.action(), effect);
        return new Seen(provider, there, more);
    }

    /** What is there of a provider, as it is now. */
    Seen with(String of, Infrastructure now) {
        return new Seen(of, Optional.of(now), effects);
    }

    static String text(JsonObject json, String name) {
        return json.get(name).flatMap(JsonValue::asString).orElse("");
    }

    /** No database keeps a NUL in a text. */
    static String kept(String text) {
        return text.replace('\0', ' ');
    }
}
