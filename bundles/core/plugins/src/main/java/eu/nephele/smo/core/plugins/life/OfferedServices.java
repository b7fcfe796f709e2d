// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.life;

import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.runtime.ResourceController;
import eu.nephele.smo.api.scaling.DemandForecaster;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.core.contract.plugin.Plugin.OfferedService;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

final class OfferedServices {

    /** Kinds of offers, with the property that holds their name. */
    private static final Map<String, OfferedKind> KINDS = Map.of(
            PlacementStrategy.class.getName(), new OfferedKind("placement", PlacementStrategy.ID),
            ScalingStrategy.class.getName(), new OfferedKind("scaling", ScalingStrategy.ID),
            DemandForecaster.class.getName(), new OfferedKind("forecaster", DemandForecaster.ID),
            PlacementObjective.class.getName(), new OfferedKind("objective", PlacementObjective.NAME),
            IntentHandler.class.getName(), new OfferedKind("intent", IntentHandler.NAME),
            ResourceController.class.getName(), new OfferedKind("resource", ResourceController.KIND));

    private record OfferedKind(String name, String property) {}

    private OfferedServices() {}

    static List<OfferedService> list(Collection<Bundle> bundles) {
        return bundles.stream()
                .flatMap(bundle -> references(bundle).flatMap(reference -> offers(bundle, reference)))
                .sorted(Comparator.comparing(OfferedService::kind)
                        .thenComparing(OfferedService::name)
                        .thenComparing(OfferedService::version))
                .distinct()
                .toList();
    }

    static List<ServiceReference<?>> examinable(Collection<Bundle> bundles) {
        return bundles.stream()
                .<ServiceReference<?>>flatMap(OfferedServices::references)
                .filter(reference -> Arrays.stream(interfaces(reference)).anyMatch(OfferedServices::isExamined))
                .toList();
    }

    static boolean isExamined(String type) {
        return KINDS.containsKey(type);
    }

    static boolean any(Collection<Bundle> bundles) {
        return bundles.stream().flatMap(OfferedServices::references).findAny().isPresent();
    }

    private static Stream<ServiceReference<?>> references(Bundle bundle) {
        ServiceReference<?>[] references =
                bundle.getState() == Bundle.UNINSTALLED ? null : bundle.getRegisteredServices();
        return references == null ? Stream.empty() : Arrays.stream(references);
    }

    private static Stream<OfferedService> offers(Bundle bundle, ServiceReference<?> reference) {
        return Arrays.stream(interfaces(reference)).flatMap(type -> {
            OfferedKind kind = KINDS.get(type);
            return kind == null
                    ? Stream.of(new OfferedService(type.substring(type.lastIndexOf('.') + 1), "", ""))
                    : names(reference, kind.property())
                            .map(name -> new OfferedService(kind.name(), name, version(bundle, reference)));
        });
    }

    /** A property of type String+: one text, an array or a collection of texts. */
    private static Stream<String> names(ServiceReference<?> reference, String property) {
        Object value = reference.getProperty(property);
        return value instanceof Object[] array
                ? Arrays.stream(array).map(String::valueOf)
                : value instanceof Collection<?> collection
                        ? collection.stream().map(String::valueOf)
                        : Stream.of(text(reference, property));
    }

    private static String version(Bundle bundle, ServiceReference<?> reference) {
        return Optional.of(text(reference, PlacementStrategy.VERSION))
                .filter(version -> !version.isEmpty())
                .orElseGet(() -> bundle.getVersion().toString());
    }

    private static String text(ServiceReference<?> reference, String property) {
        return Optional.ofNullable(reference.getProperty(property))
                .map(Object::toString)
                .orElse("");
    }

    private static String[] interfaces(ServiceReference<?> reference) {
        return (String[]) reference.getProperty(Constants.OBJECTCLASS);
    }
}
