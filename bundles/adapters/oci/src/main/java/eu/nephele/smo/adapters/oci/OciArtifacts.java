// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.ArtifactRepository;
import eu.nephele.smo.api.port.SecretSource;
import eu.nephele.smo.api.port.WorkloadDeployer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import land.oras.auth.HttpClient;
import land.oras.exception.OrasException;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/** Descriptors and charts from OCI registries, as a component: it reads its configuration and passes calls on. */
@Component(
        service = ArtifactRepository.class,
        configurationPid = OciSettings.PID,
        property = {
            WorkloadDeployer.ARTIFACT_TYPE + "=hdag",
            WorkloadDeployer.ARTIFACT_TYPE + "=helm",
            AdapterException.SYSTEM + "=" + Failures.SYSTEM
        })
@Designate(ocd = OciConfig.class)
public final class OciArtifacts implements ArtifactRepository {

    private static final long MILLIS = 1000;

    private final Artifacts artifacts;

    /** @throws IllegalArgumentException naming the key whose value makes no sense */
    @Activate
    public OciArtifacts(
            BundleContext context,
            OciConfig config,
            @Reference(cardinality = ReferenceCardinality.MULTIPLE, policyOption = ReferencePolicyOption.GREEDY)
                    List<SecretSource> secrets) {
        this(OciSettings.of(config, data(context)), secrets, Clock.systemUTC());
    }

    OciArtifacts(OciSettings settings, List<SecretSource> secrets, Clock clock) {
        OpenStreams streams = new OpenStreams();
        RegistryClient registries =
                new RegistryClient(client(settings), settings.plainHttp(), new Credentials(settings, secrets), streams);
        try {
            artifacts = new Artifacts(settings, registries, new Threads(streams), clock);
        } catch (IOException unusable) {
            throw new IllegalArgumentException(
                    "cacheDirectory in %s: %s cannot be used: %s"
                            .formatted(OciSettings.PID, settings.cacheDirectory(), unusable),
                    unusable);
        }
    }

    @Deactivate
    void close() {
        artifacts.close();
    }

    @Override
    public FetchedDescriptor descriptor(String reference) {
        return artifacts.descriptor(reference);
    }

    @Override
    public FetchedChart chart(String reference) {
        return artifacts.chart(reference);
    }

    private static Path data(BundleContext context) {
        return Path.of(Optional.ofNullable(context.getProperty("smo.data"))
                .orElseThrow(() -> new IllegalArgumentException(
                        OciSettings.PID + ": the framework property smo.data says where artifacts are kept")));
    }

    /** The threads of the client are to inherit the class loader of the SDK, which stays, not that of whoever starts this. */
    private static HttpClient client(OciSettings settings) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(HttpClient.class.getClassLoader());
        try {
            HttpClient.Builder builder = HttpClient.Builder.builder().withTimeout(seconds(settings.connectTimeout()));
            return settings.caFile().map(builder::withCaFile).orElse(builder).build();
        } catch (OrasException noCertificates) {
            throw new IllegalArgumentException(
                    "caFile in %s cannot be used: %s".formatted(OciSettings.PID, noCertificates.getMessage()),
                    noCertificates);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static int seconds(Duration timeout) {
        return (int) Math.min(Integer.MAX_VALUE, (timeout.toMillis() + MILLIS - 1) / MILLIS);
    }
}
