// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.access.front.tls.ServerCertificate;
import eu.nephele.smo.api.port.SecretSource;
import eu.nephele.smo.core.contract.admission.AdmissionControl;
import eu.nephele.smo.core.contract.admission.AdmissionRoutes;
import eu.nephele.smo.core.contract.health.HealthWarnings;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;

/**
 * Felix provides its web server to connector factories only. The connector created here accepts nothing; while it
 * exists, {@link FrontHandlers} precede all handlers of the server.
 */
@Component(
        service = {ConnectorFactory.class, HealthWarnings.class},
        configurationPid = FrontConfig.PID)
@Designate(ocd = FrontConfig.class)
public final class FrontConnectors implements ConnectorFactory, HealthWarnings {

    /** Framework property with the port of the server. The port of Felix's own property is any free one. */
    private static final String PORT = "smo.port";

    private static final int STALLED_SECONDS = 15;
    private static final String HOST = "org.apache.felix.http.host";

    private final FrontHandlers.FrontSettings settings;
    private final String host;
    private final OptionalInt port;
    private final List<PathConnector.PathPort> pathPorts;
    private final BooleanSupplier serving;
    private final ClientCertificates clientCertificates;

    /** Empty for plain HTTP. */
    private final Optional<ServerCertificate> certificate;

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, policyOption = GREEDY)
    private volatile List<SecretSource> secretSources = List.of();

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable AdmissionRoutes requests;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable AdmissionControl admission;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable MetricsRecorder metricsRecorder;

    @Activate
    public FrontConnectors(BundleContext context, FrontConfig config) {
        this.host = Optional.ofNullable(context.getProperty(HOST)).orElse("");
        this.port = Optional.ofNullable(context.getProperty(PORT)).stream()
                .mapToInt(Integer::parseInt)
                .findFirst();
        this.pathPorts = PathConnector.PathPort.parseAll(config.pathPorts());
        // Felix unregisters it before it closes its connectors
        this.serving = () -> context.getServiceReference(HttpServiceRuntime.class) != null;
        TlsConfiguration tls = new TlsConfiguration(context, config);
        this.clientCertificates = tls.clientCertificates();
        this.certificate = tls.settings()
                .map(files -> new ServerCertificate(
                        files,
                        () -> List.copyOf(secretSources),
                        () -> Optional.ofNullable(metricsRecorder),
                        Clock.systemUTC()));
        this.settings = new FrontHandlers.FrontSettings(
                new FrontHandlers.ConcurrencyLimits(
                        config.maxRequests(), config.maxChanges(), config.maxRemovals(), config.maxReads()),
                new ConnectionGuard.ConnectionLimits(
                        config.maxConnections(),
                        config.maxConnectionsPerAddress(),
                        Duration.ofSeconds(config.headerSeconds())),
                new RequestBodyHandler.RequestBodyLimits(
                        Duration.ofSeconds(config.bodySeconds()),
                        Duration.ofSeconds(config.minBytesPerSecond() == 0 ? config.bodySeconds() : STALLED_SECONDS),
                        config.minBytesPerSecond(),
                        config.maxLargeBodies(),
                        Runtime.getRuntime().maxMemory() / 100 * config.bodyHeapPercent()),
                new FrontHandlers.TransportRules(
                        new AnswerHeaders(config.hstsSeconds()),
                        certificate.isPresent() && clientCertificates == ClientCertificates.REQUIRED));
    }

    @Override
    public Connector createConnector(Server server) {
        AdmissionHandler.AdmissionSources admissionSources = new AdmissionHandler.AdmissionSources(
                () -> Optional.ofNullable(requests),
                () -> Optional.ofNullable(admission),
                () -> Optional.ofNullable(metricsRecorder));
        Optional<EncryptedPort> encrypted =
                certificate.map(files -> new EncryptedPort(files, clientCertificates != ClientCertificates.NONE));
        return new FrontConnector(
                server,
                settings,
                admissionSources,
                new FrontConnector.FrontPort(host, port, encrypted, pathPorts),
                serving);
    }

    @Override
    public String subject() {
        return "tls";
    }

    @Override
    public List<String> warnings() {
        return certificate.map(ServerCertificate::warnings).orElseGet(List::of);
    }
}
