// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.profiles;

import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.core.contract.profile.ArtifactVersion;
import eu.nephele.smo.core.contract.profile.ServiceProfiles.AppliedProfile;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What counts now, as the passes over the resources have said. For any thread. */
final class AppliedProfiles {

    /** @param since when its document was changed last */
    private record Entry(String version, ServiceProfile profile, String origin, Instant since) {}

    /** Begins anew with each start: each resource has a pass then. */
    private final Map<String, Map<String, Entry>> byArtifact = new ConcurrentHashMap<>();

    void put(ArtifactVersion artifact, StoredProfile profile, Instant since) {
        byArtifact
                .computeIfAbsent(artifact.artifact(), name -> new ConcurrentHashMap<>())
                .put(artifact.version(), new Entry(artifact.version(), profile.forScaler(), profile.origin(), since));
    }

    void remove(ArtifactVersion artifact) {
        byArtifact.computeIfPresent(artifact.artifact(), (name, versions) -> {
            versions.remove(artifact.version());
            return versions.isEmpty() ? null : versions;
        });
    }

    Optional<AppliedProfile> of(ArtifactVersion artifact) {
        Map<String, Entry> versions = byArtifact.getOrDefault(artifact.artifact(), Map.of());
        Entry own = versions.get(artifact.version());
        if (own != null) {
            return Optional.of(new AppliedProfile(own.profile(), own.origin()));
        }
        return versions.values().stream()
                .max(Comparator.comparing(Entry::since).thenComparing(Entry::version))
                .map(other -> new AppliedProfile(
                        other.profile(), "%s, of version %s".formatted(other.origin(), other.version())));
    }
}
