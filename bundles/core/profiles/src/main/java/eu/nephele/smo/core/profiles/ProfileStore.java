// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.profiles;

import eu.nephele.smo.core.contract.profile.ArtifactVersion;
import java.util.List;
import java.util.Optional;

/** Stored documents of profiles. Methods throw {@link eu.nephele.smo.api.runtime.SmoException}. */
interface ProfileStore {

    /** A document with its generation; 0 of one that is not there. */
    record Versioned(ProfileDocument document, long generation) {}

    Optional<Versioned> find(ArtifactVersion artifact);

    /** All but those that are to be removed. */
    List<ProfileDocument> all();

    /** Writes it unless somebody else has changed it since. */
    void write(Versioned changed);
}
