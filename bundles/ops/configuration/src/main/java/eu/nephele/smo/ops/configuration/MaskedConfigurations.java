// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import eu.nephele.smo.core.contract.runtime.DiagnosticReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeService;

/**
 * All configurations for people who look for a fault. A value is shown only where it cannot be a secret: numbers and
 * switches that are described as such, one of the described choices, the described default, and references to files and
 * variables. Every other text is told by its length.
 */
@Component(service = DiagnosticReport.class)
public final class MaskedConfigurations implements DiagnosticReport {

    private static final Pattern REFERENCE = Pattern.compile("(?:file:[\\w./-]{1,200}|env:SMO_\\w{1,100})");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}(?:\\.\\d{1,18})?");

    private final BundleContext context;
    private final CurrentConfigurations configurations;
    private final MetaTypeService metatype;

    @Activate
    public MaskedConfigurations(
            BundleContext context, @Reference ConfigurationAdmin admin, @Reference MetaTypeService metatype) {
        this.context = context;
        this.configurations = new CurrentConfigurations(admin);
        this.metatype = metatype;
    }

    @Override
    public String fileName() {
        return "configurations.txt";
    }

    @Override
    public List<String> lines() {
        DescribedAttributes described = new DescribedAttributes(context, metatype);
        List<String> lines = new ArrayList<>();
        configurations.everything().forEach((pid, properties) -> {
            lines.add("[" + pid + "]");
            properties.forEach((name, values) -> {
                Optional<AttributeDefinition> definition = described.find(pid).map(known -> known.get(name));
                lines.add(
                        definition.isEmpty()
                                ? "a property that nobody describes, %d values".formatted(values.size())
                                : name + " -> "
                                        + values.stream()
                                                .map(value -> shown(value, definition.get()))
                                                .collect(Collectors.joining(", ")));
            });
            lines.add("");
        });
        return lines;
    }

    static String shown(String value, AttributeDefinition definition) {
        boolean harmless =
                switch (definition.getType()) {
                    case AttributeDefinition.BOOLEAN -> value.equals("true") || value.equals("false");
                    case AttributeDefinition.STRING, AttributeDefinition.PASSWORD, AttributeDefinition.CHARACTER ->
                        REFERENCE.matcher(value).matches() || isDescribed(value, definition);
                    default -> NUMBER.matcher(value).matches();
                };
        return harmless ? value : "(text of %d characters)".formatted(value.length());
    }

    private static boolean isDescribed(String value, AttributeDefinition definition) {
        return Stream.of(definition.getOptionValues(), definition.getDefaultValue())
                .filter(Objects::nonNull)
                .flatMap(Arrays::stream)
                .anyMatch(value::equals);
    }
}
