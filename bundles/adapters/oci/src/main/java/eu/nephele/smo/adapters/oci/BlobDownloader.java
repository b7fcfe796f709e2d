// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import eu.nephele.smo.adapters.oci.ArtifactManifest.ManifestLayer;
import eu.nephele.smo.adapters.oci.SingleFlight.Fetch;
import eu.nephele.smo.adapters.oci.SingleFlight.FetchedContent;
import eu.nephele.smo.api.port.AdapterException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;

/** Downloads contents into the cache: each once for all concurrent callers, and only with the right digest. */
final class BlobDownloader {

    private static final int CHUNK = 64 * 1024;
    private static final String MANIFEST = ".json";
    private static final String LAYER = ".tgz";

    private final RegistryClient registries;
    private final BlobCache cache;
    private final SingleFlight fetches;

    BlobDownloader(RegistryClient registries, BlobCache cache, SingleFlight fetches) {
        this.registries = registries;
        this.cache = cache;
        this.fetches = fetches;
    }

    /** Reads contents from the cache, missing ones from the registry. */
    BlobSource online(ArtifactReference of) {
        return new BlobSource() {
            @Override
            public byte[] manifest(Digest digest) throws IOException {
                return Files.readAllBytes(
                        get(FetchedContent.create(of, digest, MANIFEST), () -> fetchManifest(of, digest)));
            }

            @Override
            public Path layer(ManifestLayer layer) throws IOException {
                return get(FetchedContent.create(of, layer.digest(), LAYER), () -> fetchLayer(of, layer));
            }
        };
    }

    BlobSource offline(ArtifactReference of) {
        return new BlobSource() {
            @Override
            public byte[] manifest(Digest digest) throws IOException {
                return Files.readAllBytes(cached(of, digest, MANIFEST));
            }

            @Override
            public Path layer(ManifestLayer layer) throws IOException {
                return cached(of, layer.digest(), LAYER);
            }
        };
    }

    boolean hasManifest(Digest digest) {
        return cache.has(digest, MANIFEST);
    }

    /** Caches a manifest if it has the digest that the registry reports. */
    void keepManifest(RegistryClient.Document document) throws IOException {
        Digest digest = document.digest();
        if (document.said().filter(said -> !said.equals(digest)).isPresent()) {
            throw differs("A manifest", document.said().get(), digest);
        }
        Path part = cache.part(digest);
        try {
            Files.writeString(part, document.content());
            cache.keep(part, digest, MANIFEST);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private Path cached(ArtifactReference of, Digest digest, String suffix) throws IOException {
        return cache.find(digest, suffix)
                .orElseThrow(() -> RegistryFailures.refused("%s of %s is not in the cache".formatted(digest, of)));
    }

    private Path get(FetchedContent content, Fetch fetch) throws IOException {
        return fetches.get(content, () -> {
            Optional<Path> cached = cache.find(content.digest(), content.suffix());
            return cached.isPresent() ? cached.get() : fetch.fetch();
        });
    }

    private Path fetchManifest(ArtifactReference of, Digest digest) throws IOException {
        RegistryClient.Document document = registries.manifest(of, digest.toString());
        if (!document.digest().equals(digest)) {
            throw differs("The manifest of " + of, digest, document.digest());
        }
        keepManifest(document);
        return cached(of, digest, MANIFEST);
    }

    private Path fetchLayer(ArtifactReference of, ManifestLayer layer) throws IOException {
        Path part = cache.part(layer.digest());
        try {
            Digest is = receive(of, layer, part);
            if (!is.equals(layer.digest())) {
                throw differs("%s of %s".formatted(layer.title(), of), layer.digest(), is);
            }
            return cache.keep(part, layer.digest(), LAYER);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private Digest receive(ArtifactReference of, ManifestLayer layer, Path part) throws IOException {
        MessageDigest sum = Digest.sha256();
        try (InputStream content = registries.blob(of, layer.digest());
                OutputStream file = new DigestOutputStream(Files.newOutputStream(part), sum)) {
            byte[] chunk = new byte[CHUNK];
            long bytes = 0;
            for (int read = read(content, chunk, of); read >= 0; read = read(content, chunk, of)) {
                bytes += read;
                if (bytes > layer.bytes()) {
                    throw RegistryFailures.refused(
                            "%s of %s is larger than the %d bytes of its manifest: it is discarded"
                                    .formatted(layer.title(), of, layer.bytes()));
                }
                file.write(chunk, 0, read);
            }
        }
        return Digest.finished(sum);
    }

    /** Read errors are failures of the registry, write errors failures of the disk. */
    private static int read(InputStream content, byte[] chunk, ArtifactReference of) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("given up");
        }
        try {
            return content.read(chunk);
        } catch (IOException broken) {
            throw RegistryFailures.failed(broken, "Fetching " + of, of);
        }
    }

    static AdapterException differs(String what, Digest expected, Digest is) {
        return RegistryFailures.refused(
                "%s has the digest %s, expected %s: the registry or a proxy changed it; it is discarded"
                        .formatted(what, is, expected));
    }
}
