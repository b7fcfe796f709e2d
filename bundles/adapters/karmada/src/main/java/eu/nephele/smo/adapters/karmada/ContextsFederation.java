// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada;

import eu.nephele.smo.adapters.karmada.contexts.ContextClusters;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.WorkloadRuntime;
import java.time.Clock;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/** Plain Kubernetes clusters, one source per configuration. */
@Component(
        service = {},
        immediate = true,
        configurationPid = "eu.nephele.smo.adapters.karmada.contexts",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ContextsConfig.class, factory = true)
public final class ContextsFederation {

    private static final String SOURCE = "kubernetes";

    private final ContextClusters contexts;
    private final PortPublisher portPublisher;

    /** @throws IllegalArgumentException if a value is invalid; the message names its key */
    @Activate
    public ContextsFederation(BundleContext context, ContextsConfig config, Map<String, Object> properties) {
        String source = KarmadaConfigReader.source(properties, SOURCE);
        contexts = new ContextClusters(
                source,
                KarmadaConfigReader.sites(config, source),
                KarmadaConfigReader.watching(config),
                new DynamicAdapterEnvironment(context),
                Clock.systemUTC());
        portPublisher = publish(context, source);
    }

    /** A stopping framework accepts no services: in that case everything started here must end. */
    private PortPublisher publish(BundleContext context, String source) {
        try {
            return new PortPublisher(context, source)
                    .add(WorkloadRuntime.class, contexts.runtime())
                    .add(ClusterRegistry.class, contexts);
        } catch (IllegalStateException ending) {
            contexts.close();
            throw ending;
        }
    }

    @Deactivate
    void end() {
        portPublisher.close();
        contexts.close();
    }
}
