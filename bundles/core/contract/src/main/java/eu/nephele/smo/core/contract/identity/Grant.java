// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.identity;

import eu.nephele.smo.api.runtime.Verb;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A right that was granted.
 *
 * @param subject the principal, or {@code group:PROVIDER/NAME}
 * @param project "" for everywhere
 */
public record Grant(String id, String subject, Role role, String project, GrantLimits limits, GrantOrigin origin) {

    /**
     * What narrows a grant.
     *
     * @param resource {@code KIND/NAME} in the project; empty for all
     * @param verbs of the role that count; empty for all of them
     * @param until when it ends
     */
    public record GrantLimits(Optional<String> resource, Set<Verb> verbs, Optional<Instant> until) {

        public static final GrantLimits NONE = new GrantLimits(Optional.empty(), Set.of(), Optional.empty());

        public GrantLimits {
            verbs = Set.copyOf(verbs);
        }
    }

    /**
     * @param needsConsent whether it counts only after a second administrator has agreed
     * @param consentedBy who has
     */
    public record GrantOrigin(String by, Instant at, boolean needsConsent, Optional<String> consentedBy) {}

    /** Returns whether it counts at a time. */
    public boolean counts(Instant now) {
        return (!origin.needsConsent() || origin.consentedBy().isPresent())
                && limits.until().map(now::isBefore).orElse(true);
    }

    /** Returns whether it allows everything, everywhere, for ever. */
    public boolean isWholeAdministration() {
        return role == Role.ADMIN
                && project.isEmpty()
                && limits.equals(GrantLimits.NONE)
                && (!origin.needsConsent() || origin.consentedBy().isPresent());
    }
}
