// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.profiles;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.profile.ArtifactVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Documents in memory, with their generations. */
final class MemoryProfileStore implements ProfileStore {

    final Map<ArtifactVersion, Versioned> stored = new HashMap<>();
    int writes;
    boolean refuses;

    @Override
    public Optional<Versioned> find(ArtifactVersion artifact) {
        return Optional.ofNullable(stored.get(artifact));
    }

    @Override
    public List<ProfileDocument> all() {
        if (refuses) {
            throw SmoException.conflict("refused");
        }
        return stored.values().stream().map(Versioned::document).toList();
    }

    @Override
    public void write(Versioned changed) {
        ArtifactVersion artifact = changed.document().artifact();
        long present = find(artifact).map(Versioned::generation).orElse(0L);
        if (present != changed.generation()) {
            throw SmoException.conflict("generation " + present);
        }
        if (refuses) {
            throw new IllegalStateException("broken");
        }
        writes++;
        stored.put(artifact, new Versioned(changed.document(), present + 1));
    }

    ProfileDocument document(ArtifactVersion artifact) {
        return find(artifact).orElseThrow().document();
    }

    void change(ProfileDocument document) {
        write(new Versioned(
                document, find(document.artifact()).map(Versioned::generation).orElse(0L)));
    }
}
