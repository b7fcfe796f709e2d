// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.Configuration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Expected state of each configuration if only files, the profile and plugins set it: every difference is a change in
 * the running server, for example on the console's page of configurations. A configuration does not record its origin,
 * and each change keeps the marks of earlier writers.
 */
@Component(service = ExpectedConfigurations.class)
public final class ExpectedConfigurations {

    private final ProfileConfiguration profile;
    private final Map<String, Optional<Map<String, List<String>>>> applied = new HashMap<>();

    @Activate
    public ExpectedConfigurations(BundleContext context) {
        this(Optional.ofNullable(context.getProperty(ProfileConfiguration.PROPERTY))
                .map(ProfileConfiguration::create)
                .orElse(ProfileConfiguration.NOTHING));
    }

    ExpectedConfigurations(ProfileConfiguration profile) {
        this.profile = profile;
    }

    interface ConfigurationStep {
        void run() throws IOException;
    }

    /** No check runs until the change is done. */
    synchronized void becomes(String pid, Map<String, Object> properties, ConfigurationStep step) throws IOException {
        applied.put(pid, Optional.of(texts(properties)));
        step.run();
    }

    /** Returns whether these properties are expected already: a file written for a change is not a change. */
    synchronized boolean isAlready(String pid, Map<String, Object> properties) {
        return applied.getOrDefault(pid, Optional.empty()).equals(Optional.of(texts(properties)));
    }

    private static Map<String, List<String>> texts(Map<String, Object> properties) {
        return OwnProperties.texts(OwnProperties.select(properties));
    }

    synchronized void goes(String pid, ConfigurationStep step) throws IOException {
        applied.put(pid, Optional.empty());
        step.run();
    }

    /** A change in the running server; {@code properties} are empty when it was removed. */
    record Changed(String pid, Optional<Map<String, Object>> properties, Optional<String> factory, Set<String> names) {

        Changed {
            names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
        }

        /** Name of its file: an instance without a name of its own gets the generated part of its PID. */
        String target() {
            return factory.filter(of -> !pid.startsWith(of + "~"))
                    .map(of -> of + "~" + (pid.startsWith(of + ".") ? pid.substring(of.length() + 1) : pid))
                    .orElse(pid);
        }
    }

    synchronized Optional<Changed> changed(String pid, CurrentConfigurations currentConfigurations) {
        if (LocalPids.isOfFramework(pid)) {
            return Optional.empty();
        }
        Optional<Configuration> there = currentConfigurations.find(pid);
        Optional<Map<String, Object>> now = there.map(CurrentConfigurations::properties);
        if (now.filter(properties -> properties.containsKey(OwnProperties.OF_PLUGIN))
                .isPresent()) {
            return Optional.empty();
        }
        Optional<Map<String, List<String>>> expected = before(pid);
        Optional<Map<String, List<String>>> texts = now.map(OwnProperties::texts);
        return texts.equals(expected)
                ? Optional.empty()
                : Optional.of(new Changed(
                        pid,
                        now,
                        there.map(Configuration::getFactoryPid),
                        different(expected.orElse(Map.of()), texts.orElse(Map.of()))));
    }

    /** What files, the profile and plugins say of it. */
    synchronized Optional<Map<String, List<String>>> before(String pid) {
        return applied.containsKey(pid) ? applied.get(pid) : profile.configuration(pid);
    }

    private static Set<String> different(Map<String, List<String>> before, Map<String, List<String>> after) {
        Set<String> names = new HashSet<>(before.keySet());
        names.addAll(after.keySet());
        names.removeIf(name -> Objects.equals(before.get(name), after.get(name)));
        return names;
    }
}
