// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.profile;

import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Learns profiles from what services do, and knows those that are applied. All methods are quick but for the first answer, which reads what is stored; on any thread. */
public interface ServiceProfiles {

    /** Nothing is learned. */
    ServiceProfiles NONE = new ServiceProfiles() {
        @Override
        public boolean isLearning() {
            return false;
        }

        @Override
        public void observe(List<ServiceObservation> observations, Duration window) {
            // nobody learns
        }

        @Override
        public Optional<AppliedProfile> applied(ArtifactVersion artifact) {
            return Optional.empty();
        }
    };

    /** Whether observations are wanted; else nobody has to measure. */
    boolean isLearning();

    /** @param window over which the rates were taken */
    void observe(List<ServiceObservation> observations, Duration window);

    /**
     * The profile that is applied to this version, else to another version of the artifact, the one that was learned last.
     *
     * @throws eu.nephele.smo.api.runtime.SmoException {@code UNAVAILABLE} as long as it is not known what is applied: replicas are
     *     not decided then
     */
    Optional<AppliedProfile> applied(ArtifactVersion artifact);

    /** @param origin for people, for example {@code learned from 2 h of web:1.2} */
    record AppliedProfile(ServiceProfile profile, String origin) {}
}
