// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ManagedService;
import org.osgi.service.cm.ManagedServiceFactory;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/** Readers declared by the installed bundles: their metatype, components and managed services. */
final class InstalledReaders implements ConfigurationReaders {

    private final BundleContext context;
    private final ServiceComponentRuntime components;
    private final Map<String, Set<String>> described;

    InstalledReaders(BundleContext context, MetaTypeService metatype, ServiceComponentRuntime components) {
        this.context = context;
        this.components = components;
        this.described = new TreeMap<>();
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getState() != Bundle.UNINSTALLED) {
                Optional.ofNullable(metatype.getMetaTypeInformation(bundle)).ifPresent(this::add);
            }
        }
    }

    private void add(MetaTypeInformation information) {
        Stream.concat(Arrays.stream(orNone(information.getPids())), Arrays.stream(orNone(information.getFactoryPids())))
                .forEach(pid -> described
                        .computeIfAbsent(pid, key -> new TreeSet<>())
                        .addAll(properties(information.getObjectClassDefinition(pid, null))));
    }

    private static String[] orNone(String[] pids) {
        return Objects.requireNonNullElse(pids, new String[0]);
    }

    private static Set<String> properties(ObjectClassDefinition definition) {
        AttributeDefinition[] attributes = definition.getAttributeDefinitions(ObjectClassDefinition.ALL);
        return attributes == null
                ? Set.of()
                : Arrays.stream(attributes).map(AttributeDefinition::getID).collect(Collectors.toSet());
    }

    @Override
    public Optional<Set<String>> propertiesOf(String pid) {
        return Optional.ofNullable(described.get(pid)).map(Set::copyOf);
    }

    @Override
    public boolean readsUndescribed(String pid) {
        return components.getComponentDescriptionDTOs().stream()
                        .flatMap(component -> Arrays.stream(component.configurationPid))
                        .anyMatch(pid::equals)
                || isManaged(ManagedService.class, pid)
                || isManaged(ManagedServiceFactory.class, pid);
    }

    private <S> boolean isManaged(Class<S> type, String pid) {
        try {
            Collection<?> services = context.getServiceReferences(type, null);
            return services.stream()
                    .map(ServiceReference.class::cast)
                    .map(service -> service.getProperty(Constants.SERVICE_PID))
                    .anyMatch(value -> names(value, pid));
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException("a null filter matches everything", impossible);
        }
    }

    /** A service may have one PID, an array or a collection of them. */
    private static boolean names(Object value, String pid) {
        if (value instanceof Object[] several) {
            return Arrays.asList(several).contains(pid);
        }
        return value instanceof Collection<?> several ? several.contains(pid) : pid.equals(value);
    }

    @Override
    public Set<String> describedPids() {
        return Set.copyOf(described.keySet());
    }
}
