// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.port.AlertRules;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.SignalSource;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.api.runtime.Tenure;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the ports of a world in another process. They are registered by hand because they are views of one object: as
 * components of their own they would be six classes that only pass calls on. Without a configuration there is no world: a guess
 * at its address would be an empty federation until the configuration is read.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "eu.nephele.smo.lab.remote",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"eu.nephele.smo.api.port.ClusterRegistry,"
                + "eu.nephele.smo.api.port.WorkloadRuntime,eu.nephele.smo.api.port.WorkloadDeployer,"
                + "eu.nephele.smo.api.port.MetricsSource,eu.nephele.smo.api.port.SignalSource,"
                + "eu.nephele.smo.api.port.AlertRules\"",
        effective = "active")
@Designate(ocd = RemoteConfig.class)
public final class RemoteWorld {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteWorld.class);
    private static final String HELM = "helm";

    private final RemoteFederation federation;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable Tenure tenure;

    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

    /** @throws IllegalArgumentException when the configuration is not valid; the rest of the server runs without a federation */
    @Activate
    public RemoteWorld(RemoteConfig config) {
        federation = new RemoteFederation(
                url(config.url()),
                Duration.ofMillis(positive("connectTimeoutMillis", config.connectTimeoutMillis())),
                Duration.ofMillis(positive("timeoutMillis", config.timeoutMillis())),
                Duration.ofSeconds(Math.max(0, config.pollSeconds())),
                () -> Optional.ofNullable(tenure));
        LOG.info("remote federation started url={}", config.url());
    }

    /** Runs after the references are set, so that the world knows from the first call on which server calls. */
    @Activate
    void open(BundleContext context) {
        Map<String, String> bySource = Map.of(ClusterId.SOURCE, RemoteFederation.SOURCE);
        register(context, ClusterRegistry.class, federation.clusters(), bySource);
        register(context, WorkloadRuntime.class, federation.runtime(), bySource);
        register(context, WorkloadDeployer.class, federation.deployer(), Map.of(WorkloadDeployer.ARTIFACT_TYPE, HELM));
        register(context, MetricsSource.class, federation.metrics(), bySource);
        register(context, SignalSource.class, federation.signals(), bySource);
        register(context, AlertRules.class, federation.alertRules(), Map.of());
    }

    @Deactivate
    void end() {
        registrations.forEach(ServiceRegistration::unregister);
        federation.close();
    }

    static URI url(String text) {
        URI url = URI.create(text);
        if (!"http".equals(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "url=%s in the configuration of the world process, expected http://HOST:PORT".formatted(text));
        }
        return url;
    }

    private static int positive(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(
                    "%s=%d in the configuration of the world process, expected more than 0".formatted(name, value));
        }
        return value;
    }

    private <T> void register(BundleContext context, Class<T> type, T service, Map<String, String> properties) {
        registrations.add(context.registerService(type, service, FrameworkUtil.asDictionary(properties)));
    }
}
