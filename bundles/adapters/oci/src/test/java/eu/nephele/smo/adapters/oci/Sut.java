// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import eu.nephele.smo.api.port.SecretSource;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Creates adapters for tests. */
final class Sut {

    static final ArtifactLimits LIMITS = new ArtifactLimits(1_000_000, 2_000_000, 500_000, 50, 8);

    final Path directory;
    final Hands clock = new Hands();
    Set<String> plainHttp = Set.of();
    List<Login> logins = List.of();
    Optional<Path> dockerConfig = Optional.empty();
    Optional<Path> caFile = Optional.empty();
    Optional<InetSocketAddress> proxy = Optional.empty();
    Set<String> noProxy = Set.of();
    Map<String, String> secrets = Map.of();
    boolean resolved = true;
    Duration tagAge = Duration.ZERO;
    Duration answerTimeout = Duration.ofSeconds(10);
    Duration timeout = Duration.ofSeconds(10);
    long cacheBytes = 10_000_000;

    Sut(Path directory) {
        this.directory = directory;
    }

    Sut plain(String... registries) {
        plainHttp = Set.of(registries);
        return this;
    }

    OciArtifacts open() {
        SecretSource source = reference -> Optional.ofNullable(secrets.get(reference));
        OciSettings settings = new OciSettings(
                plainHttp,
                logins,
                dockerConfig,
                caFile,
                proxy,
                noProxy,
                new CacheSettings(directory, cacheBytes, tagAge),
                Duration.ofSeconds(10),
                answerTimeout,
                timeout,
                LIMITS);
        return new OciArtifacts(settings, resolved ? List.of(source) : List.of(), clock);
    }

    /** A clock that the test advances. */
    static final class Hands extends Clock {

        private volatile Instant now = Instant.now();

        void forward(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
