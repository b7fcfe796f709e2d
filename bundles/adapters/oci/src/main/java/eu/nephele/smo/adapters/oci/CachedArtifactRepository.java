// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.ArtifactRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches artifacts from the registry, or from the cache if the content is the same or the registry is unavailable. */
final class CachedArtifactRepository implements ArtifactRepository, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CachedArtifactRepository.class);
    private static final String LATEST = "latest";
    private static final int SHOWN = 10;

    private final OciSettings settings;
    private final RegistryClient registries;
    private final BlobDownloader downloads;
    private final TagCache tags;
    private final Clock clock;
    private final TimeLimitedThreads threads;
    private final DescriptorReading descriptors;
    private final ChartReading charts;

    CachedArtifactRepository(OciSettings settings, RegistryClient registries, TimeLimitedThreads threads, Clock clock)
            throws IOException {
        this.settings = settings;
        this.registries = registries;
        this.threads = threads;
        this.clock = clock;
        this.downloads = new BlobDownloader(
                registries,
                new BlobCache(settings.cache().directory(), settings.cache().bytes(), clock),
                new SingleFlight(threads::isGivenUp));
        this.tags = new TagCache(settings.cache().directory(), clock);
        tags.keepOnly(downloads::hasManifest);
        LayerReader layers = new LayerReader(settings.limits());
        this.descriptors = new DescriptorReading(layers);
        this.charts = new ChartReading(layers);
    }

    @Override
    public FetchedDescriptor descriptor(String reference) {
        return fetch(ArtifactReference.parse(reference), descriptors::read);
    }

    @Override
    public FetchedChart chart(String reference) {
        return fetch(ArtifactReference.parse(reference), charts::read);
    }

    @Override
    public void close() {
        threads.close();
    }

    private interface Reading<T> {
        T read(ArtifactManifest artifact, BlobSource blobs) throws IOException;
    }

    private <T> T fetch(ArtifactReference of, Reading<T> reading) {
        try {
            return threads.within(settings.timeout(), OciSettings.TIMEOUT, "Fetching " + of, () -> online(of, reading));
        } catch (AdapterException away) {
            if (away.kind() != Kind.UNAVAILABLE && away.kind() != Kind.TIMED_OUT) {
                throw away;
            }
            return offline(of, reading, away).orElseThrow(() -> away);
        }
    }

    private <T> T online(ArtifactReference of, Reading<T> reading) throws IOException {
        try {
            return read(of, resolved(of), downloads.online(of), reading);
        } catch (IOException disk) {
            throw RegistryFailures.unavailable(
                    "The cache of artifacts in %s (cacheDirectory in %s) cannot be used for %s: %s"
                            .formatted(settings.cache().directory(), OciSettings.PID, of, disk),
                    disk);
        }
    }

    /** Returns the cached content while the registry is unavailable. */
    private <T> Optional<T> offline(ArtifactReference of, Reading<T> reading, AdapterException away) {
        try {
            Optional<TagCache.KnownTag> known = of.digest().isPresent() ? Optional.empty() : tags.find(of);
            if (known.isEmpty()) {
                return Optional.empty();
            }
            Digest digest = known.get().digest();
            T cached = read(of, digest, downloads.offline(of), reading);
            LOG.warn(
                    "artifact read from cache artifact={} age={}s digest={} reason=\"{}\"",
                    of,
                    Duration.between(known.get().at(), clock.instant()).toSeconds(),
                    digest,
                    away.getMessage());
            return Optional.of(cached);
        } catch (IOException | AdapterException incomplete) {
            LOG.debug("reading artifact from cache failed artifact={}", of, incomplete);
            return Optional.empty();
        }
    }

    private <T> T read(ArtifactReference of, Digest digest, BlobSource blobs, Reading<T> reading) throws IOException {
        String manifest = new String(blobs.manifest(digest), StandardCharsets.UTF_8);
        return reading.read(
                ArtifactManifest.parse(of, digest, manifest, settings.limits().artifactBytes()), blobs);
    }

    private Digest resolved(ArtifactReference of) throws IOException {
        if (of.digest().isPresent()) {
            return of.digest().get();
        }
        Optional<TagCache.KnownTag> known = tags.find(of).filter(this::isFresh);
        if (known.isPresent()) {
            return known.get().digest();
        }
        String tag = of.tag().isPresent() ? of.tag().get() : bestTag(of);
        Optional<Digest> probed = registries.probe(of, tag);
        Digest digest = probed.isPresent() ? probed.get() : byTag(of, tag);
        tags.remember(of, digest);
        return digest;
    }

    private boolean isFresh(TagCache.KnownTag known) {
        Duration age = Duration.between(known.at(), clock.instant());
        return !age.isNegative() && age.compareTo(settings.cache().tagAge()) < 0;
    }

    private String bestTag(ArtifactReference of) {
        List<String> all = registries.tags(of);
        return SemanticVersion.highest(all)
                .or(() -> all.stream().filter(LATEST::equals).findFirst())
                .orElseThrow(() -> new AdapterException(
                        Kind.NOT_FOUND,
                        RegistryFailures.SYSTEM,
                        "%s has no version tag and no tag %s: name a tag; it has %s"
                                .formatted(of, LATEST, shown(all))));
    }

    private static String shown(List<String> tags) {
        return tags.isEmpty()
                ? "none"
                : RegistryMessages.bounded(String.join(", ", tags.subList(0, Math.min(SHOWN, tags.size()))));
    }

    private Digest byTag(ArtifactReference of, String tag) throws IOException {
        RegistryClient.Document document = registries.manifest(of, tag);
        downloads.keepManifest(document);
        return document.digest();
    }
}
