// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada;

import eu.nephele.smo.adapters.karmada.federation.Karmada;
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

    private final Karmada karmada;
    private final Publication publication;

    /** @throws IllegalArgumentException a value makes no sense; the message names its key */
    @Activate
    public KarmadaFederation(BundleContext context, KarmadaConfig config, Map<String, Object> properties) {
        String source = Checked.source(properties, SOURCE);
        karmada = new Karmada(
                Checked.link(config, source), Checked.watching(config), new ServicesAround(context), Clock.systemUTC());
        publication = publish(context, source);
    }

    /** A framework that ends takes no services any more: then nothing of ours may go on. */
    private Publication publish(BundleContext context, String source) {
        try {
            return new Publication(context, source)
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
        publication.close();
        karmada.close();
    }
}
