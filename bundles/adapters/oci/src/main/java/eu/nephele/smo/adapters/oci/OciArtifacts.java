// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.ArtifactRepository;
import eu.nephele.smo.api.port.SecretSource;
import eu.nephele.smo.api.port.WorkloadDeployer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Component for descriptors and charts from OCI registries: it reads its configuration and delegates calls. */
@Component(
        service = ArtifactRepository.class,
        configurationPid = OciSettings.PID,
        property = {
            WorkloadDeployer.ARTIFACT_TYPE + "=hdag",
            WorkloadDeployer.ARTIFACT_TYPE + "=helm",
            AdapterException.SYSTEM + "=" + RegistryFailures.SYSTEM
        })
@Designate(ocd = OciConfig.class)
public final class OciArtifacts implements ArtifactRepository {

    private final CachedArtifactRepository artifacts;

    /** @throws IllegalArgumentException names the key of an invalid value */
    @Activate
    public OciArtifacts(
            BundleContext context,
            OciConfig config,
            @Reference(cardinality = MULTIPLE, policyOption = GREEDY) List<SecretSource> secrets) {
        this(OciSettings.of(config, data(context)), secrets, Clock.systemUTC());
    }

    OciArtifacts(OciSettings settings, List<SecretSource> secrets, Clock clock) {
        InterruptibleReads streams = new InterruptibleReads();
        RegistryProxySelector registryProxySelector = new RegistryProxySelector(settings);
        TimeLimitedThreads threads = new TimeLimitedThreads(streams);
        RegistryConnection connection = new RegistryConnection(
                RegistryHttpClient.create(settings, registryProxySelector), registryProxySelector, streams);
        RegistryClient registries = new RegistryClient(
                connection,
                registryProxySelector,
                settings,
                new RegistryCredentials(settings, secrets),
                streams,
                threads);
        try {
            artifacts = new CachedArtifactRepository(settings, registries, threads, clock);
        } catch (IOException unusable) {
            throw new IllegalArgumentException(
                    "cacheDirectory in %s: %s cannot be used: %s"
                            .formatted(OciSettings.PID, settings.cache().directory(), unusable),
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
                        OciSettings.PID + ": the framework property smo.data (folder of artifacts) is missing")));
    }
}
