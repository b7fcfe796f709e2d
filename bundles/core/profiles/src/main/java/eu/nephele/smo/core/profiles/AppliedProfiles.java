// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.profiles;

import eu.nephele.smo.core.contract.profile.ArtifactVersion;
import eu.nephele.smo.core.contract.profile.ServiceProfiles.AppliedProfile;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What counts now: all that is stored, read before the first answer, because a decision without it may take replicas away that are
 * needed; from then on as the passes over the resources say. For any thread.
 */
final class AppliedProfiles {

    private record AppliedEntry(String version, StoredProfile profile) {}

    private final ProfileStore store;
    /** Artifact, then version. */
    private final Map<String, Map<String, AppliedEntry>> byArtifact = new HashMap<>();

    private boolean known;

    AppliedProfiles(ProfileStore store) {
        this.store = store;
    }

    synchronized void put(ArtifactVersion artifact, StoredProfile profile) {
        byArtifact
                .computeIfAbsent(artifact.artifact(), name -> new HashMap<>())
                .put(artifact.version(), new AppliedEntry(artifact.version(), profile));
    }

    synchronized void remove(ArtifactVersion artifact) {
        Optional.ofNullable(byArtifact.get(artifact.artifact()))
                .ifPresent(versions -> versions.remove(artifact.version()));
    }

    /** Another server may have changed what is stored: it is read again before the next answer. */
    synchronized void readAgain() {
        known = false;
    }

    /** @throws eu.nephele.smo.api.runtime.SmoException what is stored is not known yet and cannot be read */
    synchronized Optional<AppliedProfile> of(ArtifactVersion artifact) {
        if (!known) {
            read();
        }
        Map<String, AppliedEntry> versions = byArtifact.getOrDefault(artifact.artifact(), Map.of());
        return Optional.ofNullable(versions.get(artifact.version()))
                .map(own -> new AppliedProfile(
                        own.profile().forScaler(), own.profile().origin()))
                .or(() -> versions.values().stream()
                        .max(Comparator.<AppliedEntry>comparingLong(
                                        entry -> entry.profile().sequence())
                                .thenComparing(AppliedEntry::version))
                        .map(other -> new AppliedProfile(
                                other.profile().forScaler(),
                                "%s, of version %s".formatted(other.profile().origin(), other.version()))));
    }

    private void read() {
        List<ProfileDocument> all = store.all();
        byArtifact.clear();
        all.forEach(document -> document.applied().ifPresent(profile -> put(document.artifact(), profile)));
        known = true;
    }
}
