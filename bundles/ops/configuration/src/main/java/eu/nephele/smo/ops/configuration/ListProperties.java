// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;

/** Splits texts at commas for properties described as lists: Declarative Services take a text for a list of one. */
final class ListProperties {

    private static final String OPENING = "([{";
    private static final String CLOSING = ")]}";

    private final BundleContext context;
    private final MetaTypeService metatype;

    ListProperties(BundleContext context, MetaTypeService metatype) {
        this.context = context;
        this.metatype = metatype;
    }

    /** Names of the properties of this PID or factory PID that an installed bundle describes as lists. */
    Set<String> find(String pid) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getState() != Bundle.UNINSTALLED)
                .flatMap(bundle -> Optional.ofNullable(metatype.getMetaTypeInformation(bundle)).stream())
                .filter(information -> describes(information, pid))
                .flatMap(information -> Arrays.stream(Objects.requireNonNullElse(
                        information
                                .getObjectClassDefinition(pid, null)
                                .getAttributeDefinitions(org.osgi.service.metatype.ObjectClassDefinition.ALL),
                        new AttributeDefinition[0])))
                .filter(attribute -> attribute.getCardinality() != 0)
                .map(AttributeDefinition::getID)
                .collect(Collectors.toSet());
    }

    private static boolean describes(MetaTypeInformation information, String pid) {
        return Stream.of(information.getPids(), information.getFactoryPids())
                .filter(Objects::nonNull)
                .flatMap(Arrays::stream)
                .anyMatch(pid::equals);
    }

    /** Splits at commas, except within brackets and double quotes, as in JSON and PromQL. */
    static String[] entries(String text) {
        List<String> entries = new ArrayList<>();
        int begin = 0;
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && OPENING.indexOf(c) >= 0) {
                depth++;
            } else if (!quoted && CLOSING.indexOf(c) >= 0) {
                depth--;
            } else if (!quoted && depth <= 0 && c == ',') {
                entries.add(text.substring(begin, i));
                begin = i + 1;
            }
        }
        entries.add(text.substring(begin));
        return entries.stream()
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toArray(String[]::new);
    }
}
