// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.kit;

import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.runtime.ResourceController;
import eu.nephele.smo.api.scaling.DemandForecaster;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.lab.conformance.Check;
import eu.nephele.smo.lab.conformance.Check.Result;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Publication of a plug-in: its kind and its names among the service properties. */
final class PluginPublication {

    /** An extension point of the SMO, with the service property that names its plug-ins. */
    private record PublishedKind(Class<?> type, String people, String property) {}

    private static final List<PublishedKind> KINDS = List.of(
            new PublishedKind(PlacementStrategy.class, "placement strategy", PlacementStrategy.ID),
            new PublishedKind(ScalingStrategy.class, "scaling strategy", ScalingStrategy.ID),
            new PublishedKind(DemandForecaster.class, "forecaster of demand", DemandForecaster.ID),
            new PublishedKind(PlacementObjective.class, "placement objective", PlacementObjective.NAME),
            new PublishedKind(IntentHandler.class, "intent handler", IntentHandler.NAME),
            new PublishedKind(ResourceController.class, "controller of resources", ResourceController.KIND));

    private static final String NAME = "is published under a name";

    private PluginPublication() {}

    static String subject(Object service, Map<String, ?> properties) {
        return kind(service)
                .map(kind -> "%s %s (%s)"
                        .formatted(
                                kind.people(),
                                String.join(", ", texts(properties.get(kind.property()))),
                                service.getClass().getName()))
                .orElse(service.getClass().getName());
    }

    static Check check(Object service, Map<String, ?> properties) {
        Optional<PublishedKind> kind = kind(service);
        if (kind.isEmpty()) {
            return new Check(NAME, Result.SKIPPED, "nothing that the kit knows how to examine");
        }
        String property = kind.get().property();
        if (properties.isEmpty()) {
            return new Check(NAME, Result.SKIPPED, "no service properties given");
        }
        List<String> names = texts(properties.get(property));
        boolean blank = names.isEmpty() || names.stream().anyMatch(String::isBlank);
        if (blank) {
            return new Check(
                    NAME,
                    Result.FAILED,
                    "The service property %s is missing or empty; add it to @Component: property = \"%s=my-name\"."
                            .formatted(property, property));
        }
        return tooLong(property, properties)
                .map(flaw -> new Check(NAME, Result.FAILED, flaw))
                .orElseGet(() -> new Check(NAME, Result.PASSED, "%s=%s".formatted(property, String.join(",", names))));
    }

    /** A server ignores plug-ins with longer names. */
    private static Optional<String> tooLong(String name, Map<String, ?> properties) {
        return Stream.of(name, PlacementStrategy.VERSION, PlacementStrategy.CAPABILITIES, PlacementObjective.UNIT)
                .flatMap(property -> texts(properties.get(property)).stream()
                        .flatMap(text ->
                                AnswerLimits.flaw(
                                        "The service property " + property, text, AnswerLimits.NAME_CHARACTERS)
                                        .stream()))
                .findFirst();
    }

    /** A service property of type String or String+, as a list. */
    static List<String> texts(@Nullable Object value) {
        if (value instanceof String text) {
            return List.of(text);
        }
        if (value instanceof Object[] array) {
            return Arrays.stream(array).map(String::valueOf).toList();
        }
        if (value instanceof Collection<?> items) {
            return items.stream()
                    .flatMap(Stream::ofNullable)
                    .map(String::valueOf)
                    .toList();
        }
        return List.of();
    }

    private static Optional<PublishedKind> kind(Object service) {
        return KINDS.stream().filter(kind -> kind.type().isInstance(service)).findFirst();
    }
}
