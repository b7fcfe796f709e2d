// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada;

import eu.nephele.smo.adapters.karmada.federation.KarmadaAdapter;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.NetworkFabric;
import eu.nephele.smo.api.port.SignalSource;
import eu.nephele.smo.api.port.WorkloadRuntime;
import java.time.Clock;
import java.util.Map;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/** One Karmada per configuration. */
@Component(
        service = {},
        immediate = true,
        configurationPid = "eu.nephele.smo.adapters.karmada",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"eu.nephele.smo.api.port.ClusterRegistry,"
                + "eu.nephele.smo.api.port.WorkloadRuntime,eu.nephele.smo.api.port.NetworkFabric,"
                + "eu.nephele.smo.api.port.SignalSource\"",
        effective = "active")
@Designate(ocd = KarmadaConfig.class, factory = true)
public final class KarmadaFederation {

    private static final String SOURCE = "karmada";

    private final KarmadaAdapter karmada;
    private final PortPublisher portPublisher;

    /** @throws IllegalArgumentException if a value is invalid; the message names its key */
    @Activate
    public KarmadaFederation(BundleContext context, KarmadaConfig config, Map<String, Object> properties) {
        String source = KarmadaConfigReader.source(properties, SOURCE);
        karmada = new KarmadaAdapter(
                KarmadaConfigReader.link(config, source),
                KarmadaConfigReader.watching(config),
                new DynamicAdapterEnvironment(context),
                Clock.systemUTC());
        portPublisher = publish(context, source);
    }

    /** A stopping framework accepts no services: in that case everything started here must end. */
    private PortPublisher publish(BundleContext context, String source) {
        try {
            return new PortPublisher(context, source)
                    .add(SignalSource.class, karmada.signals())
                    .add(NetworkFabric.class, karmada.fabric())
                    .add(WorkloadRuntime.class, karmada.runtime())
                    .add(ClusterRegistry.class, karmada.clusters());
        } catch (IllegalStateException ending) {
            karmada.close();
            throw ending;
        }
    }

    @Deactivate
    void end() {
        portPublisher.close();
        karmada.close();
    }
}
