// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.http;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.port.CallTracer;
import eu.nephele.smo.api.port.SecretSource;
import eu.nephele.smo.api.port.http.HttpSettings;
import eu.nephele.smo.api.port.http.HttpSystem;
import eu.nephele.smo.api.port.http.HttpSystems;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Opens outside systems with the HTTP client of the Java runtime. Secrets come from the sources present at the call. */
@Component
public final class JdkHttpSystems implements HttpSystems {

    private final Path data;
    private final SecretReferences secrets = new SecretReferences();
    private final Set<JdkHttpSystem> open = ConcurrentHashMap.newKeySet();

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable CallTracer tracer;

    private final Map<ServiceReference<SecretSource>, LocatedSecrets> located = new ConcurrentHashMap<>();
    private final Optional<BundleContext> context;

    @Activate
    public JdkHttpSystems(BundleContext context) {
        this(Path.of(Optional.ofNullable(context.getProperty("smo.data")).orElse("")), Optional.of(context));
    }

    /** @param data base folder of relative file paths */
    public JdkHttpSystems(Path data) {
        this(data, Optional.empty());
    }

    private JdkHttpSystems(Path data, Optional<BundleContext> context) {
        this.data = data;
        this.context = context;
    }

    @Reference(service = SecretSource.class, cardinality = MULTIPLE, policy = DYNAMIC)
    void bindSecrets(ServiceReference<SecretSource> reference) {
        LocatedSecrets source = new LocatedSecrets(context.orElseThrow(), reference);
        located.put(reference, source);
        addSecrets(source, FrameworkUtil.asMap(reference.getProperties()));
    }

    void unbindSecrets(ServiceReference<SecretSource> reference) {
        Optional.ofNullable(located.remove(reference)).ifPresent(source -> {
            removeSecrets(source);
            source.close();
        });
    }

    /** For programs that embed the adapter: the sources of its secrets. */
    public void addSecrets(SecretSource source, Map<String, Object> properties) {
        secrets.add(source, schemes(properties.getOrDefault(SecretSource.SCHEME, new String[0])));
    }

    public void removeSecrets(SecretSource source) {
        secrets.remove(source);
    }

    @Override
    public HttpSystem open(HttpSettings settings) {
        JdkHttpSystem system = new JdkHttpSystem(
                CheckedSettings.of(settings, data),
                secrets,
                () -> Optional.ofNullable(tracer).orElse(CallTracer.NONE),
                open::remove);
        open.add(system);
        return system;
    }

    @Deactivate
    void end() {
        open.forEach(JdkHttpSystem::close);
    }

    /** A property of several values is an array or a collection, one of a single value that value. */
    private static Set<String> schemes(Object property) {
        if (property instanceof Collection<?> several) {
            return several.stream().map(Object::toString).collect(Collectors.toUnmodifiableSet());
        }
        return property instanceof String[] several ? Set.copyOf(List.of(several)) : Set.of(property.toString());
    }
}
