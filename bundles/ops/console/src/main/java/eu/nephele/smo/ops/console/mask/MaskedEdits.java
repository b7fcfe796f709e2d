// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.mask;

import eu.nephele.smo.core.contract.configuration.ConfigurationChanges;
import eu.nephele.smo.core.contract.configuration.ConfiguredSecrets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.felix.webconsole.spi.ConfigurationHandler;
import org.apache.felix.webconsole.spi.ValidationException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The page of a configuration sends all properties back, also those whose secrets it was shown masked: these stay as they are. A mask
 * anywhere else is refused.
 */
@Component(service = ConfigurationHandler.class)
public final class MaskedEdits implements ConfigurationHandler {

    private final ConfigurationChanges configurations;
    private final ConfiguredSecrets secrets;

    @Activate
    public MaskedEdits(@Reference ConfigurationChanges configurations, @Reference ConfiguredSecrets secrets) {
        this.configurations = configurations;
        this.secrets = secrets;
    }

    @Override
    public void createConfiguration(String pid) {}

    @Override
    public void createFactoryConfiguration(String factoryPid, String name) {}

    @Override
    public void deleteConfiguration(String factoryPid, String pid) {}

    @Override
    public void updateConfiguration(String factoryPid, String pid, Dictionary<String, Object> properties)
            throws ValidationException {
        Map<String, Object> present = configurations.present(pid);
        for (String name : Collections.list(properties.keys())) {
            properties.put(
                    name,
                    restored(
                            name, properties.get(name), texts(present.get(name)).toList()));
        }
    }

    private Object restored(String name, Object sent, List<String> present) throws ValidationException {
        if (sent instanceof String text) {
            return restored(name, List.of(text), present).get(0);
        }
        if (sent instanceof String[] several) {
            return restored(name, Arrays.asList(several), present).toArray(String[]::new);
        }
        if (sent instanceof Collection<?> several && several.stream().allMatch(String.class::isInstance)) {
            return new ArrayList<>(
                    restored(name, several.stream().map(String.class::cast).toList(), present));
        }
        return sent;
    }

    /** Masked values of a list look alike: they are the present ones in their order, and as many. */
    private List<String> restored(String name, List<String> sent, List<String> present) throws ValidationException {
        if (sent.stream().noneMatch(MaskedEdits::isMasked)) {
            return sent;
        }
        SecretMask mask = new SecretMask(secrets.texts());
        Map<String, Deque<String>> hidden = new HashMap<>();
        present.forEach(value -> hidden.computeIfAbsent(mask.masked(value), key -> new ArrayDeque<>())
                .add(value));
        List<String> all = new ArrayList<>();
        for (String text : sent) {
            all.add(isMasked(text) ? next(name, hidden.get(text)) : text);
        }
        if (hidden.entrySet().stream()
                .anyMatch(left -> sent.contains(left.getKey())
                        && isMasked(left.getKey())
                        && !left.getValue().isEmpty())) {
            throw refusal(name);
        }
        return all;
    }

    private static boolean isMasked(String text) {
        return text.contains(SecretMask.MASK);
    }

    private static String next(String name, @Nullable Deque<String> hidden) throws ValidationException {
        if (hidden == null || hidden.isEmpty()) {
            throw refusal(name);
        }
        return hidden.remove();
    }

    private static ValidationException refusal(String name) {
        return new ValidationException(
                "%s stands for a secret that is not shown. Leave the property %s as it is, or enter references such as file:secrets/NAME"
                        .formatted(SecretMask.MASK, name));
    }

    private static Stream<String> texts(@Nullable Object value) {
        if (value instanceof Object[] several) {
            return Arrays.stream(several).map(String::valueOf);
        }
        if (value instanceof Collection<?> several) {
            return several.stream().map(String::valueOf);
        }
        return Stream.ofNullable(value).map(String::valueOf);
    }
}
