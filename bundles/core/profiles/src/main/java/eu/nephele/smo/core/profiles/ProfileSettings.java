// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.profiles;

import java.time.Duration;

/**
 * @param policy what becomes of a learned profile
 * @param carefulShare of the moments at which the capacity is there that the scaler uses
 * @param memory how long measurements count
 * @param maxArtifacts versions of artifacts that are learned at the same time
 */
record ProfileSettings(ProfilePolicy policy, double carefulShare, Duration memory, int maxArtifacts) {

    enum ProfilePolicy {
        PROPOSE,
        APPLY,
        OFF
    }

    ProfileSettings {
        if (!(carefulShare >= 0.5 && carefulShare <= 0.99)) {
            throw new IllegalArgumentException("carefulShare=%s, expected 0.5 to 0.99".formatted(carefulShare));
        }
        if (memory.isZero() || memory.isNegative()) {
            throw new IllegalArgumentException("memoryHours=%d, expected 1 or more".formatted(memory.toHours()));
        }
        if (maxArtifacts < 1) {
            throw new IllegalArgumentException("maxArtifacts=%d, expected 1 or more".formatted(maxArtifacts));
        }
    }

    /** @throws IllegalArgumentException when a property has a value that is not allowed */
    static ProfileSettings read(ProfilesConfig config) {
        return new ProfileSettings(
                policy(config.profilePolicy()),
                config.carefulShare(),
                Duration.ofHours(config.memoryHours()),
                config.maxArtifacts());
    }

    static ProfilePolicy policy(String word) {
        return switch (word) {
            case "propose" -> ProfilePolicy.PROPOSE;
            case "apply" -> ProfilePolicy.APPLY;
            case "off" -> ProfilePolicy.OFF;
            default ->
                throw new IllegalArgumentException("profilePolicy=%s, expected propose, apply or off".formatted(word));
        };
    }
}
