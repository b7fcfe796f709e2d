// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/** Properties of configurations as the installed bundles describe them by metatype. */
final class DescribedAttributes {

    private final Map<String, Map<String, AttributeDefinition>> byPid = new TreeMap<>();

    DescribedAttributes(BundleContext context, MetaTypeService metatype) {
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getState() != Bundle.UNINSTALLED) {
                Optional.ofNullable(metatype.getMetaTypeInformation(bundle)).ifPresent(this::add);
            }
        }
    }

    private void add(MetaTypeInformation information) {
        Stream.of(information.getPids(), information.getFactoryPids())
                .filter(Objects::nonNull)
                .flatMap(Arrays::stream)
                .forEach(pid -> {
                    Map<String, AttributeDefinition> attributes = byPid.computeIfAbsent(pid, key -> new TreeMap<>());
                    Optional.ofNullable(information
                                    .getObjectClassDefinition(pid, null)
                                    .getAttributeDefinitions(ObjectClassDefinition.ALL))
                            .stream()
                            .flatMap(Arrays::stream)
                            .forEach(attribute -> attributes.put(attribute.getID(), attribute));
                });
    }

    /**
     * By name; empty when nobody describes the configuration.
     *
     * @param pid of a configuration, or of an instance of a factory: {@code FACTORY~NAME}
     */
    Optional<Map<String, AttributeDefinition>> find(String pid) {
        return Optional.ofNullable(byPid.get(pid.replaceFirst("~.*", "")));
    }
}
