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
    private record AppliedEntry(String version, ServiceProfile profile, String origin, Instant since) {}

    /** Begins anew with each start: each resource has a pass then. */
    private final Map<String, Map<String, AppliedEntry>> byArtifact = new ConcurrentHashMap<>();

    void put(ArtifactVersion artifact, StoredProfile profile, Instant since) {
        byArtifact
                .computeIfAbsent(artifact.artifact(), name -> new ConcurrentHashMap<>())
                .put(
                        artifact.version(),
                        new AppliedEntry(artifact.version(), profile.forScaler(), profile.origin(), since));
    }

    void remove(ArtifactVersion artifact) {
        byArtifact.computeIfPresent(artifact.artifact(), (name, versions) -> {
            versions.remove(artifact.version());
            return versions.isEmpty() ? null : versions;
        });
    }

    Optional<AppliedProfile> of(ArtifactVersion artifact) {
        Map<String, AppliedEntry> versions = byArtifact.getOrDefault(artifact.artifact(), Map.of());
        AppliedEntry own = versions.get(artifact.version());
        if (own != null) {
            return Optional.of(new AppliedProfile(own.profile(), own.origin()));
        }
        return versions.values().stream()
                .max(Comparator.comparing(AppliedEntry::since).thenComparing(AppliedEntry::version))
                .map(other -> new AppliedProfile(
                        other.profile(), "%s, of version %s".formatted(other.origin(), other.version())));
    }
}
