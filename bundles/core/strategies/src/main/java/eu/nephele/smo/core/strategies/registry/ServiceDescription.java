// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.intent.IntentHandler.Scope;
import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.NoParameters;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.api.scaling.ScalingWrapper;
import eu.nephele.smo.core.strategies.parameters.ParameterBinder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * Description of a service by itself, read once at its registration.
 *
 * @param ranking {@code service.ranking}; decides between equal versions
 * @param unit unit of an objective's costs, "" otherwise
 * @param schemas where an intent may stand and the schema of its value there; empty for other kinds
 * @param wraps whether it is a scaling strategy that builds on another one
 */
public record ServiceDescription(
        ServiceKind kind,
        String id,
        Version version,
        Origin origin,
        int ranking,
        Set<String> capabilities,
        String unit,
        ParameterBinder parameters,
        Map<Scope, JsonObject> schemas,
        boolean wraps) {

    /** It is published, recorded and shown: what is beyond the limits of an answer is none. */
    public ServiceDescription {
        check("the name", id, AnswerLimits.NAME_CHARACTERS);
        check("the version", version.toString(), AnswerLimits.NAME_CHARACTERS);
        check("the unit", unit, AnswerLimits.NAME_CHARACTERS);
        capabilities.forEach(capability -> check("a capability", capability, AnswerLimits.NAME_CHARACTERS));
        check("the JSON of the default parameters", parameters.defaults().toJson(), AnswerLimits.PARAMETERS_CHARACTERS);
        schemas.values().forEach(schema -> check("a schema", schema.toJson(), AnswerLimits.SCHEMA_CHARACTERS));
    }

    /** Name of the span of a call. */
    public String spanName() {
        return kind.word() + " " + id;
    }

    private static void check(String what, String text, int mostCharacters) {
        AnswerLimits.flaw(what, text, mostCharacters).ifPresent(flaw -> {
            throw new IllegalArgumentException(flaw);
        });
    }

    /**
     * Everything that a service is: one description per kind and name.
     *
     * @throws IllegalArgumentException when a property that is needed is missing or makes no sense
     */
    static List<ServiceDescription> read(Object service, Map<String, ?> properties, Origin origin) {
        List<ServiceDescription> found = new ArrayList<>();
        for (ServiceKind kind : ServiceKind.values()) {
            if (kind.type().isInstance(service)) {
                Set<String> names = texts(properties, kind.idProperty());
                if (names.isEmpty()) {
                    throw new IllegalArgumentException("%s of %s lacks the service property %s"
                            .formatted(service.getClass().getName(), origin.bundle(), kind.idProperty()));
                }
                names.forEach(name -> found.add(create(kind, name, service, properties, origin)));
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("%s is neither strategy, forecaster, objective nor intent handler"
                    .formatted(service.getClass().getName()));
        }
        return found;
    }

    private static ServiceDescription create(
            ServiceKind kind, String name, Object service, Map<String, ?> properties, Origin origin) {
        Object ranking = properties.get(Constants.SERVICE_RANKING);
        return new ServiceDescription(
                kind,
                name,
                version(properties, origin),
                origin,
                ranking instanceof Integer number ? number : 0,
                texts(properties, PlacementStrategy.CAPABILITIES),
                texts(properties, PlacementObjective.UNIT).stream().findFirst().orElse(""),
                ParameterBinder.create(parametersType(service)),
                service instanceof IntentHandler handler ? schemas(handler, name) : Map.of(),
                kind == ServiceKind.SCALING && service instanceof ScalingWrapper);
    }

    private static Version version(Map<String, ?> properties, Origin origin) {
        Object given = properties.get(PlacementStrategy.VERSION);
        return given == null ? origin.version() : Version.parseVersion(given.toString());
    }

    private static Class<? extends Record> parametersType(Object service) {
        if (service instanceof PlacementStrategy placement) {
            return placement.parametersType();
        }
        return service instanceof ScalingStrategy scaling ? scaling.parametersType() : NoParameters.class;
    }

    private static Map<Scope, JsonObject> schemas(IntentHandler handler, String name) {
        Map<Scope, JsonObject> schemas = new EnumMap<>(Scope.class);
        handler.scopes(name).forEach(scope -> schemas.put(scope, handler.schema(name, scope)));
        return Map.copyOf(schemas);
    }

    /** A property of type String+: one text, an array or a collection of texts. */
    private static Set<String> texts(Map<String, ?> properties, String name) {
        Object value = properties.get(name);
        Collection<?> all = value instanceof Collection<?> collection
                ? collection
                : value instanceof Object[] array ? Arrays.asList(array) : value == null ? List.of() : List.of(value);
        TreeSet<String> texts = new TreeSet<>();
        all.stream()
                .filter(Objects::nonNull)
                .map(Object::toString)
                .filter(text -> !text.isBlank())
                .forEach(texts::add);
        return texts;
    }
}
