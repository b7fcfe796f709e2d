// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada;

import eu.nephele.smo.adapters.karmada.contexts.Contexts;
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

    private final Contexts contexts;
    private final Publication publication;

    /** @throws IllegalArgumentException a value makes no sense; the message names its key */
    @Activate
    public ContextsFederation(BundleContext context, ContextsConfig config, Map<String, Object> properties) {
        String source = Checked.source(properties, SOURCE);
        contexts = new Contexts(
                source,
                Checked.sites(config, source),
                Checked.watching(config),
                new ServicesAround(context),
                Clock.systemUTC());
        publication = publish(context, source);
    }

    /** A framework that ends takes no services any more: then nothing of ours may go on. */
    private Publication publish(BundleContext context, String source) {
        try {
            return new Publication(context, source)
                    .add(WorkloadRuntime.class, contexts.runtime())
                    .add(ClusterRegistry.class, contexts);
        } catch (IllegalStateException ending) {
            contexts.close();
            throw ending;
        }
    }

    @Deactivate
    void end() {
        publication.close();
        contexts.close();
    }
}
